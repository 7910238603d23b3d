package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.Rollouts.Worked;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does between two promotions, and what it says. */
class WorkTest {

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  private void works(Optional<Outcome> outcome) {
    command.rollouts.worked.add(new Worked(Plans.asked(), outcome));
  }

  @Test
  void onceWorksOffWhatThereIs() {
    works(Optional.of(new Outcome.Done("total is backfilled", "Next: retire")));
    works(Optional.of(new Outcome.Waits("paused", "Lift it")));
    assertThat(command.run("work", "--once")).isZero();
    assertThat(command.rollouts.asked).containsExactly("work", "work", "work");
    assertThat(command.out())
        .isEqualTo(
            """
            backfill of total, asked for by ann:
            total is backfilled
            Next: retire
            backfill of total, asked for by ann:
            """);
    assertThat(command.err()).contains("paused", "Lift it");
    assertThat(command.passed).isZero();
  }

  @Test
  void onceDoesNotTakeAgainWhatItGaveBack() {
    works(Optional.empty());
    works(Optional.empty());
    assertThat(command.run("work", "--once")).isZero();
    assertThat(command.rollouts.asked).containsExactly("work");
    assertThat(command.err()).contains("the promotion of backfill of total is given back");
  }

  @Test
  void itLooksEachSecondUntilItIsToldToEnd() {
    works(Optional.of(new Outcome.Done("total is backfilled", "")));
    command.interrupted = Duration.ofSeconds(3);
    assertThat(command.run("work", "-o", "json")).isZero();
    assertThat(command.rollouts.asked).hasSize(5);
    assertThat(command.lines()).hasSize(1);
    assertThat(command.err()).contains("told to end");
    assertThat(command.rollouts.closed).isTrue();
  }

  @Test
  void aDatabaseThatIsAwayIsTriedAgain() {
    command.interrupted = Duration.ofSeconds(11);
    command.rollouts.failure = new SQLException("gone", "08006");
    assertThat(command.run("work")).isZero();
    assertThat(command.rollouts.asked).hasSize(3);
    assertThat(command.err())
        .contains("the connection to", "trying again")
        .doesNotContain("secret");
  }

  @Test
  void aMissingRightEndsIt() {
    command.rollouts.failure = new SQLException("permission denied", "42501");
    assertThat(command.run("work")).isEqualTo(8);
    assertThat(command.run("work", "--once")).isEqualTo(8);
    assertThat(command.rollouts.asked).hasSize(2);
  }

  @Test
  void itTellsWhatOthersLeftUntold() throws Exception {
    command.environment.put("KEY", "pass");
    Files.writeString(
        folder.resolve("gatefold.yaml"),
        "targets: {p: {url: postgresql://h/d, notify: [{url: https://h/1, secret: \"${KEY}\","
            + " on: [done]}]}}");
    assertThat(command.run("work", "--once", "--target", "p")).isZero();
    assertThat(command.rollouts.told).hasSize(1);
  }

  @Test
  void statusSaysWhatIsAskedFor() {
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.EXPANDED));
    command.rollouts.requests.clear();
    command.rollouts.requests.add(List.of(Plans.asked()));
    assertThat(command.run("status", "total")).isZero();
    assertThat(command.out())
        .contains("asked    the promotion of backfill, asked for by ann at 2026-03-01")
        .contains("waits for a worker (gatefold work)");
    assertThat(command.run("status", "-o", "json")).isZero();
    assertThat(command.out())
        .contains("\"asked\":{\"stage\":\"backfill\",\"by\":\"ann\"", "\"outcome\":null");
  }
}
