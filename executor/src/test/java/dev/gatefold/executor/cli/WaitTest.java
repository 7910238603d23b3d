package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  private void sees(Rollout... rollouts) {
    for (Rollout rollout : rollouts) {
      command.rollouts.looks.add(Optional.of(rollout));
    }
  }

  @Test
  void itEndsWhenTheStateIsReached() {
    sees(
        Plans.rollout(RolloutState.PLANNED),
        Plans.rollout(RolloutState.EXPANDING),
        Plans.rollout(RolloutState.EXPANDED));
    assertThat(command.run("wait", "total", "--for", "expanded")).isZero();
    assertThat(command.out()).isEqualTo("total is expanded.\n");
    assertThat(command.passed).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aStateThatCameAndWentBetweenTwoLooksWasReached() {
    sees(Plans.rollout(RolloutState.EXPANDING), Plans.rollout(RolloutState.BACKFILLING));
    assertThat(command.run("wait", "total", "--for", "expanded")).isZero();
  }

  @Test
  void itGivesUpWhenTimeIsUp() {
    sees(Plans.rollout(RolloutState.EXPANDING));
    assertThat(command.run("wait", "total", "--for", "expanded", "--timeout", "90s")).isEqualTo(4);
    assertThat(command.passed).isEqualTo(Duration.ofSeconds(90));
    assertThat(command.err()).contains("time is up", "total is expanding");
  }

  @Test
  void aFailureEndsIt() {
    sees(Plans.rollout(RolloutState.BACKFILLING), Plans.failed(RolloutState.BACKFILLING));
    assertThat(command.run("wait", "total", "--for", "backfilled", "-o", "json")).isEqualTo(5);
    assertThat(command.out())
        .startsWith("{\"outcome\":\"stopped\",\"change\":\"total\"")
        .contains("row 7 has no image");
  }

  @ParameterizedTest
  @CsvSource({
    "completed, backfilled",
    "rolled_back, expanded",
    "backfilled, expanded",
    "expanded, retired",
    "completed, rolled_back"
  })
  void whatWillNotComeAnyMoreIsNotWaitedFor(String state, String wanted) {
    sees(Plans.rollout(RolloutState.of(state).orElseThrow()));
    assertThat(command.run("wait", "total", "--for", wanted)).isEqualTo(2);
    assertThat(command.passed).isZero();
  }

  @Test
  void aRollbackReachesWhatItAimsAt() {
    sees(Plans.rollingBack(RolloutState.PLANNED), Plans.rollout(RolloutState.ROLLED_BACK));
    assertThat(command.run("wait", "total", "--for", "rolled_back")).isZero();
    command.rollouts.looks.clear();
    sees(Plans.rollingBack(RolloutState.PLANNED));
    assertThat(command.run("wait", "total", "--for", "backfilled")).isEqualTo(2);
  }

  /** As the same promotion in the foreground would have ended. */
  @ParameterizedTest
  @CsvSource({"waits, 4", "blocked, 7", "denied, 7", "stopped, 5", "differs, 6", "out_of_order, 2"})
  void aDetachedPromotionThatEndedBadlyEndsIt(String outcome, int exitCode) {
    sees(Plans.rollout(RolloutState.EXPANDED));
    asked(Plans.asked(), Plans.askedAndEnded(outcome, Plans.NOON.plusSeconds(1)));
    assertThat(command.run("wait", "total", "--for", "backfilled")).isEqualTo(exitCode);
    assertThat(command.passed).isEqualTo(Duration.ofSeconds(1));
    assertThat(command.err()).contains("what happened", "what to do");
  }

  @Test
  void aDetachedPromotionThatIsDoneOrLongPastEndsNothing() {
    sees(Plans.rollout(RolloutState.EXPANDED), Plans.rollout(RolloutState.BACKFILLED));
    asked(Plans.askedAndEnded("done", Plans.NOON.plusSeconds(1)));
    assertThat(command.run("wait", "total", "--for", "backfilled")).isZero();
    command.rollouts.looks.clear();
    sees(Plans.rollout(RolloutState.EXPANDED), Plans.rollout(RolloutState.BACKFILLED));
    asked(Plans.askedAndEnded("blocked", Plans.NOON.minusSeconds(1)));
    assertThat(command.run("wait", "total", "--for", "backfilled")).isZero();
  }

  @Test
  void aFailureOfBeforeSaysNothingWhileAPromotionIsAskedFor() {
    sees(Plans.failed(RolloutState.BACKFILLING), Plans.rollout(RolloutState.BACKFILLED));
    asked(Plans.asked());
    assertThat(command.run("wait", "total", "--for", "backfilled")).isZero();
  }

  @Test
  void whenTimeIsUpItSaysWhetherAnyWorkerHasIt() {
    sees(Plans.rollout(RolloutState.EXPANDED));
    asked(Plans.asked());
    assertThat(command.run("wait", "total", "--for", "backfilled")).isEqualTo(4);
    assertThat(command.err())
        .contains("not yet backfilled; the promotion of backfill, asked for by ann at 2026-03-01")
        .contains("waits for a worker (gatefold work)");
  }

  private void asked(Request... requests) {
    command.rollouts.requests.clear();
    for (Request request : requests) {
      command.rollouts.requests.add(List.of(request));
    }
  }

  @Test
  void aChangeThatNobodyKnowsIsNotWaitedFor() {
    assertThat(command.run("wait", "nobody", "--for", "expanded")).isEqualTo(2);
    assertThat(command.err()).contains("has no change \"nobody\"");
  }
}
