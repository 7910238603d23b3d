package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Rights can be taken back, and policies forced, after the plan was made. */
final class RightsCheck implements GateCheck {

  private static final String RIGHTS =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name,
             pg_has_role(c.relowner, 'USAGE') AS owned,
             row_security_active(c.oid)
               OR EXISTS (SELECT FROM pg_partition_tree(c.oid::regclass) t
                          WHERE row_security_active(t.relid)) AS policies_apply
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = ?::oid""";

  private final InstantSource clock;

  RightsCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    boolean copies = rollout.plan().stage(StageName.BACKFILL).isPresent();
    List<Finding> findings = new ArrayList<>();
    for (Long table : rollout.plan().claims().stream().map(Claim::oid).distinct().toList()) {
      // A table that is gone is the drift check's to say.
      findings.addAll(
          Query.of(RIGHTS, table)
              .list(
                  connection,
                  row ->
                      finding(
                          row.getString("name"),
                          row.getBoolean("owned"),
                          copies && row.getBoolean("policies_apply"))));
    }
    return findings;
  }

  private Finding finding(String table, boolean owned, boolean policiesApply) {
    if (!owned) {
      return finding(
          table,
          Verdict.BLOCKED,
          "the connected role has not, or not any more, the rights of the owner",
          "Connect as the owner, or grant the owner's role to the connected one.");
    }
    if (policiesApply) {
      // Rows that a policy hides would be neither filled nor compared.
      return finding(
          table,
          Verdict.BLOCKED,
          "row-level security is forced and binds the connected role",
          "Have the DBA run ALTER ROLE ... BYPASSRLS for this role, or ALTER TABLE ... NO FORCE ROW"
              + " LEVEL SECURITY while the change lasts.");
    }
    return finding(table, Verdict.CLEAR, "the owner's, and no policy hides a row", "");
  }

  private Finding finding(String table, Verdict verdict, String detail, String cure) {
    return new Finding("rights " + table, verdict, detail, cure, clock.instant());
  }
}
