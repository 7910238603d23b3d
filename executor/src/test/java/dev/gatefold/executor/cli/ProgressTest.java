package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

  private static final Step ROWS = Plans.rows();

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
    command.rollouts.stage = this::stage;
  }

  /** Ten seconds with a report every half second, then a row that is locked. */
  private void stage(StageListener listener) {
    listener.started(StageName.BACKFILL, ROWS, 1, 2);
    for (int i = 1; i <= 20; i++) {
      command.passed = command.passed.plusMillis(500);
      listener.progress(ROWS, progress(i * 1000L));
    }
    command.passed = command.passed.plusSeconds(3);
    listener.waiting(ROWS, "rows are\nlocked");
    listener.done(ROWS, Duration.ofSeconds(13));
  }

  private static Progress progress(long done) {
    return done < 5000
        ? new Progress(done, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty())
        : new Progress(
            done,
            OptionalLong.of(40_000),
            OptionalDouble.of(2000.4),
            Optional.of(new Remaining(Duration.ofSeconds(12), Duration.ofSeconds(20))));
  }

  @Test
  void aPipeGetsALineEveryTwoSeconds() {
    assertThat(command.run("promote", "total", "backfill")).isZero();
    assertThat(command.lines())
        .containsExactly(
            "backfill 1/2  4,000 rows, time left unknown",
            "backfill 1/2  8,000 of about 40,000 rows (20%), 2,000 rows/s, 12 to 20 s left",
            "backfill 1/2  12,000 of about 40,000 rows (30%), 2,000 rows/s, 12 to 20 s left",
            "backfill 1/2  16,000 of about 40,000 rows (40%), 2,000 rows/s, 12 to 20 s left",
            "backfill 1/2  20,000 of about 40,000 rows (50%), 2,000 rows/s, 12 to 20 s left",
            "backfill 1/2  waiting: rows are; locked",
            "backfill 1/2  backfill rows on public.orders: done in 13 s",
            "it is done",
            "Next: rest");
    assertThat(command.out()).doesNotContain("\u001b", "\r");
  }

  @Test
  void aTerminalGetsOneLineDrawnAgain() {
    command.terminal = true;
    assertThat(command.run("promote", "total", "backfill")).isZero();
    assertThat(command.out())
        .contains("\r\u001b[Kbackfill 1/2  4,000 rows  time left unknown\r")
        .contains(
            "\r"
                + "\u001b[Kbackfill 1/2 [########........]  50%  20,000 rows  2,000/s  12 to 20 s"
                + " left\r")
        .contains("\u001b[32mdone\u001b[0m in 13 s");
    assertThat(command.out().split("[\r\n]"))
        .allSatisfy(
            line -> assertThat(line.replaceAll("\u001b\\[[0-9;]*[mK]", "")).hasSizeLessThan(80));
  }

  @Test
  void aTerminalShowsTheWholeOfALongReasonNowAndThen() {
    String reason = "the lock is taken: session 4711 of app (%s, idle in transaction for 00:12:00)";
    command.terminal = true;
    command.rollouts.stage =
        listener -> {
          listener.started(StageName.BACKFILL, ROWS, 1, 2);
          for (int i = 0; i < 24; i++) {
            command.passed = command.passed.plusSeconds(1);
            listener.waiting(ROWS, reason.formatted("a reporting tool"));
          }
        };
    command.run("promote", "total", "backfill", "--no-color");
    assertThat(command.out().split("\n")).filteredOn(line -> line.contains("00:12:00)")).hasSize(3);
  }

  @Test
  void whatHoldsItBackIsSaid() {
    Pressure pressure = Pressure.slow(0.5, "replica db2 of the second site is 3 s behind");
    command.rollouts.stage =
        listener -> {
          listener.started(StageName.BACKFILL, ROWS, 1, 2);
          command.passed = command.passed.plusSeconds(2);
          listener.progress(ROWS, progress(20_000).under(pressure));
        };
    command.run("promote", "total", "backfill");
    assertThat(command.lines().get(0))
        .endsWith("12 to 20 s left, held to 50%: replica db2 of the second site is 3 s behind");
    command.terminal = true;
    command.run("promote", "total", "backfill", "--no-color");
    assertThat(command.out())
        .contains("held to 50%: replica db2 of the second site is 3 s behind\n");
  }

  @Test
  void coloursCanBeHadWithout() {
    command.terminal = true;
    command.run("promote", "total", "backfill", "--no-color");
    assertThat(command.out()).contains("\u001b[K").doesNotContain("\u001b[32m");
    command.environment.put("NO_COLOR", "1");
    command.run("promote", "total", "backfill");
    assertThat(command.out()).doesNotContain("\u001b[32m");
  }

  @Test
  void jsonStaysClean() {
    command.terminal = true;
    command.run("promote", "total", "backfill", "-o", "json");
    assertThat(command.lines()).hasSize(1);
  }
}
