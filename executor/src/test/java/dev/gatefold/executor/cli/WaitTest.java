package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import java.nio.file.Path;
import java.time.Duration;
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

  @Test
  void aChangeThatNobodyKnowsIsNotWaitedFor() {
    assertThat(command.run("wait", "nobody", "--for", "expanded")).isEqualTo(2);
    assertThat(command.err()).contains("has no change \"nobody\"");
  }
}
