package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * Asks for the columns that refer to a column, by whatever chain of foreign keys, as long as they
 * are narrower than a type. The column itself is one of them.
 */
public record KeyReach(TableName table, Identifier column, String type)
    implements Draft<List<ReachedColumn>> {

  @Override
  public String label() {
    return table + "." + column;
  }

  @Override
  public List<String> texts() {
    return List.of();
  }

  @Override
  public boolean beforeTables() {
    return true;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.keyReach(this);
  }
}
