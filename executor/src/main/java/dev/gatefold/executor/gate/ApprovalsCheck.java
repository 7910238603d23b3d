package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Approvals.Weighed;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether enough people have approved. */
final class ApprovalsCheck {

  static final String CHECK = "approvals";

  private final Approvals approvals;
  private final InstantSource clock;

  ApprovalsCheck(Approvals approvals, InstantSource clock) {
    this.approvals = approvals;
    this.clock = clock;
  }

  /**
   * What was seen; nothing where none are asked for.
   *
   * @param now what all other checks say
   */
  List<Finding> look(
      Connection connection,
      Rollout rollout,
      StageName stage,
      GateSettings settings,
      List<Finding> now)
      throws SQLException {
    if (settings.approvals() == 0) {
      return List.of();
    }
    Set<String> people = new TreeSet<>();
    Set<String> not = new TreeSet<>();
    for (Weighed weighed : approvals.weigh(connection, rollout, stage, settings, now)) {
      String actor = weighed.approval().actor();
      weighed
          .objection()
          .ifPresentOrElse(why -> not.add(actor + " " + why), () -> people.add(actor));
    }
    return List.of(finding(rollout, stage, settings, people, not));
  }

  private Finding finding(
      Rollout rollout,
      StageName stage,
      GateSettings settings,
      Set<String> people,
      Set<String> not) {
    List<String> words = new ArrayList<>();
    words.add(
        "%d of %d%s"
            .formatted(
                people.size(),
                settings.approvals(),
                people.isEmpty() ? "" : ": " + String.join(", ", people)));
    if (!not.isEmpty()) {
      words.add("not counted: " + String.join("; ", not));
    }
    if (people.size() >= settings.approvals()) {
      return new Finding(CHECK, Verdict.CLEAR, String.join("; ", words), "", clock.instant());
    }
    settings
        .approvers()
        .forEach(roles -> words.add("wanted from a member of " + String.join(" or ", roles)));
    return new Finding(
        CHECK,
        Verdict.WAITING,
        String.join("; ", words),
        "Somebody who did not submit the change: gatefold approve %s %s --evidence HASH"
            .formatted(rollout.change(), stage.word()),
        clock.instant());
  }
}
