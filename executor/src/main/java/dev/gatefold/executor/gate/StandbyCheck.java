package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.standby.Primary;
import dev.gatefold.executor.standby.Standby;
import dev.gatefold.executor.standby.StandbyLook;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Long transactions on standbys, which would be cancelled where ACCESS EXCLUSIVE is replayed. */
final class StandbyCheck implements GateCheck {

  static final String CHECK = "standby ";

  private final Standbys standbys;
  private final InstantSource clock;

  StandbyCheck(Standbys standbys, InstantSource clock) {
    this.standbys = standbys;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<TableName> tables =
        rollout.plan().stage(stage).stream()
            .flatMap(planned -> planned.steps().stream())
            .filter(step -> step.lock() == LockMode.ACCESS_EXCLUSIVE)
            .flatMap(step -> step.tables().stream())
            .distinct()
            .toList();
    if (tables.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    standbys.look(connection, tables).forEach(look -> findings.add(finding(look)));
    int unnamed = Primary.replicas(connection) - standbys.all().size();
    if (unnamed > 0) {
      findings.add(unnamed(unnamed));
    }
    return findings;
  }

  private Finding finding(StandbyLook look) {
    if (!look.sessions().isEmpty()) {
      return finding(
          look,
          Verdict.WAITING,
          "in use there: " + String.join(", ", look.sessions()),
          "Wait for those sessions or end them: replaying the lock would cancel their queries.");
    }
    return look.unseen()
        .map(
            reason ->
                finding(
                    look,
                    Verdict.INCONCLUSIVE,
                    "could not be asked: %s. Whether queries there would be cancelled was not seen"
                        .formatted(reason),
                    "Mend that, leave the standby out, or say why it does not matter: promote with"
                        + " --reason."))
        .orElseGet(
            () ->
                finding(
                    look,
                    Verdict.CLEAR,
                    "asked: no transaction on these tables is older than %d s"
                        .formatted(Standby.TOO_LONG.toSeconds()),
                    ""));
  }

  private Finding finding(StandbyLook look, Verdict verdict, String detail, String cure) {
    return new Finding(CHECK + look.place(), verdict, detail, cure, clock.instant());
  }

  /** Clear all the same: else each promotion on a replicated server would need a reason. */
  private Finding unnamed(int count) {
    return new Finding(
        "standbys",
        Verdict.CLEAR,
        count
            + (count == 1
                ? " standby replicates from this server and is not named; its queries were"
                : " standbys replicate from this server and are not named; their queries were")
            + " not looked at. Name them with --standby or with standbys of the target",
        "",
        clock.instant());
  }
}
