package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Policies;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;

/** Row-level security of PostgreSQL. */
final class PostgresPolicies implements Policies {

  @Override
  public String drop(TableName table, Identifier policy) {
    return "DROP POLICY " + policy.quoted() + " ON " + table.quoted();
  }

  @Override
  public String comment(TableName table, Identifier policy, String text) {
    return "COMMENT ON POLICY %s ON %s IS %s"
        .formatted(policy.quoted(), table.quoted(), Literal.of(text));
  }

  @Override
  public String rowSecurity(TableName table, String to) {
    return "ALTER TABLE %s %s ROW LEVEL SECURITY".formatted(table.quoted(), to);
  }

  @Override
  public String identifyRows(TableName table, String by) {
    return "ALTER TABLE %s REPLICA IDENTITY %s".formatted(table.quoted(), by);
  }
}
