package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Says how subscribers are told which row is meant.
 *
 * @param to in the words of DDL: DEFAULT, FULL or NOTHING; whatever it is where there is an index
 */
public record SetReplicaIdentity(TableName table, String to, Optional<Identifier> index)
    implements DirectOperation {

  /** What is asked about the table as it stands. */
  public StandingQuestion standing() {
    return new StandingQuestion(table);
  }

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(standing());
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.setReplicaIdentity(this);
  }
}
