package dev.gatefold.executor.engine;

import dev.gatefold.executor.standby.StandbyLook;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step.BriefDdl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks who reads the tables of a step on standbys: a standby replays ACCESS EXCLUSIVE too, and
 * then cancels whoever reads the table, or lets all replay wait for them.
 */
final class StandbyQueries {

  private final Shift shift;
  private final Set<String> said = new HashSet<>();

  StandbyQueries(Shift shift) {
    this.shift = shift;
  }

  /** Who is in the way of the step's lock, in words. Outside any transaction. */
  Optional<String> inTheWay(BriefDdl step) throws SQLException {
    if (step.lock() != LockMode.ACCESS_EXCLUSIVE) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (StandbyLook look : shift.standbys().look(shift.connection(), step.tables())) {
      if (look.unseen().isPresent() && said.add(look.place())) {
        goOnWithout(step, look.place(), look.unseen().get());
      }
      if (!look.sessions().isEmpty()) {
        words.add(look.inTheWay());
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }

  /**
   * A standby that does not answer is not waited for. The gate has said so and somebody promoted
   * with a reason, or it went away since; a server that is down would hold a half-done stage open
   * for as long as it is, and whoever waits for its queries may not even have any. It is written
   * down, since what is only shown may be gone when somebody asks which queries were cancelled.
   */
  private void goOnWithout(BriefDdl step, String place, String reason) throws SQLException {
    String words = "standby %s could not be asked: %s".formatted(place, reason);
    shift.listener().waiting(step, words + "; it is not waited for");
    shift
        .stores()
        .history()
        .add(shift.connection(), shift.id(), "standby-unseen", step.id() + ": " + words);
  }
}
