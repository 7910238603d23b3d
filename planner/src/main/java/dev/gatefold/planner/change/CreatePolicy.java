package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.PolicyDraft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Says who sees and writes which rows. */
public record CreatePolicy(PolicyDraft policy) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(policy.table());
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new StandingQuestion(policy.table()), policy);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.createPolicy(this);
  }
}
