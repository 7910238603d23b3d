package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Backfills.Ran;
import dev.gatefold.executor.standalone.Backfills.Standing;
import dev.gatefold.executor.standalone.Run;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.standalone.Standalone;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs of backfills say. */
class BackfillVerbsTest {

  private static final ChangeName FILL = new ChangeName("fill");

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  private static Run run(State state) {
    boolean over = state.over();
    return new Run(
        1,
        FILL,
        "",
        state,
        Optional.of(Plans.NOON),
        true,
        Optional.empty(),
        "ann",
        Plans.NOON,
        Optional.of("session 7 of ann"),
        Optional.of(Plans.NOON.plusSeconds(1)),
        over ? Optional.of(Plans.NOON.plusSeconds(60)) : Optional.empty(),
        over ? Optional.of("1200 rows passed") : Optional.empty(),
        5000,
        1200);
  }

  private static Standing standing(Optional<Run> last) {
    return standing(last, Filling.NONE);
  }

  private static Standing standing(Optional<Run> last, Filling filling) {
    return new Standing(
        new Standalone(
            1,
            FILL,
            TableName.parse("public.users"),
            "",
            Optional.of("0 2 * * SUN Europe/Berlin"),
            Optional.of(Plans.NOON.plusSeconds(86_400)),
            "ann"),
        last,
        filling);
  }

  @Test
  void listsWhatRunsNextAndHowTheLastOneWent() {
    assertThat(command.run("backfill", "list")).isZero();
    assertThat(command.out()).isEqualTo("No backfill is recorded.\n");

    command.rollouts.backfills.standing = List.of(standing(Optional.of(run(State.DONE))));
    assertThat(command.run("backfill", "list")).isZero();
    assertThat(command.lines().get(1))
        .contains("fill", "users", "scheduled", "1,200", "12:00:00Z", "0 2 * * SUN Europe/Berlin");
    assertThat(command.lines().get(2)).contains("last: done", "12:01:00Z", "1200 rows passed");

    command.rollouts.backfills.standing = List.of(standing(Optional.of(run(State.RUNNING))));
    assertThat(command.run("backfill", "list")).isZero();
    assertThat(command.lines().get(1)).contains("running", "1,200 of 5,000");
  }

  @Test
  void theListIsJsonToo() {
    command.rollouts.backfills.standing =
        List.of(standing(Optional.of(run(State.DONE))), standing(Optional.empty()));
    assertThat(command.run("-o", "json", "backfill", "list")).isZero();
    assertThat(command.out())
        .contains("\"backfills\":[{\"backfill\":\"fill\"")
        .contains("\"state\":\"scheduled\"", "\"next_run\":\"", "\"last_run\":{\"state\":\"done\"")
        .contains("\"rows_done\":1200", "\"worker\":\"session 7 of ann\"", "\"last_run\":null");
  }

  @Test
  void howARunIsDoingIsToldAsThatOfAChangeIs() {
    command.rollouts.backfills.standing =
        List.of(standing(Optional.of(run(State.RUNNING)), StatusTest.FILLING));
    assertThat(command.run("backfill", "list")).isZero();
    assertThat(command.out())
        .contains(
            """
              speed    public.orders: 1,200 rows/s, 10 to 20 s left, 2 processes
              pressure public.orders is held to 50%: replica db2 is 3 s behind
              cost     public.orders: 300 dead tuples, 20 MB of WAL by the whole server meanwhile
              pace     target_batch_time 50ms instead of 20ms, by ann at 2026-03-01 12:00:00Z
              bad      1 row cannot be converted and stayed as before
            """);
    assertThat(command.run("-o", "json", "backfill", "list")).isZero();
    assertThat(command.out())
        .contains(
            """
            "filling":{"steered":[{"setting":"target_batch_time","value":"50ms","file":"20ms",\
            "by":"ann","at":"2026-03-01T12:00:00Z"}],"tables":[{"table":"public.orders",\
            "processes":2,"rows_per_second":1200.0,"remaining_seconds":{"soonest":10,"latest":20},\
            "share":0.5,"throttled_by":["replica db2 is 3 s behind"],"dead_tuples":300,\
            "server_wal_bytes":20971520,"measured_at":"2026-03-01T12:00:00Z"}],"bad_rows":1}"""
                .strip());
  }

  @Test
  void whatIsWrongWithTheFileIsSaidWithItsLine() throws IOException {
    Files.writeString(
        folder.resolve("fill.yaml"), "backfill: fill\ntable: t\nset: {a: 1}\nwen: x\n");
    assertThat(command.run("backfill", "run", "fill.yaml")).isEqualTo(2);
    assertThat(command.err()).contains("fill.yaml, line 4: unknown key \"wen\"");
    Files.writeString(
        folder.resolve("fill.yaml"),
        "{backfill: fill, table: t, set: {a: 1}, schedule: 99 2 * * * UTC}");
    assertThat(command.run("backfill", "schedule", "fill.yaml")).isEqualTo(2);
    assertThat(command.err()).contains("the key \"schedule\"", "99");
    assertThat(command.run("backfill", "run", "nowhere.yaml")).isEqualTo(2);
    assertThat(command.rollouts.asked).isEmpty();
  }

  @Test
  void howARunEndedIsTheExitCode() throws IOException {
    Files.writeString(folder.resolve("fill.yaml"), "{backfill: fill, table: t, set: {a: 1}}");
    command.rollouts.backfills.outcome = new Outcome.Stopped("", "no", List.of(), "Mend it");
    assertThat(command.run("backfill", "run", "fill.yaml")).isEqualTo(5);
    command.rollouts.backfills.outcome = new Outcome.Waits("busy", "Wait");
    assertThat(command.run("backfill", "run", "fill.yaml")).isEqualTo(4);
    command.rollouts.backfills.outcome = new Outcome.OutOfOrder("unknown", "See the list");
    assertThat(command.run("backfill", "cancel", "fill")).isEqualTo(2);
  }

  @Test
  void aWorkerRunsThemAndWatchesTheTimetable() {
    command.rollouts.backfills.ran.add(
        new Ran(run(State.DONE), Optional.of(new Outcome.Done("fill is done: 1200 rows", ""))));
    command.rollouts.backfills.ran.add(new Ran(run(State.RUNNING), Optional.empty()));
    assertThat(command.run("work", "--once")).isZero();
    assertThat(command.out()).isEqualTo("fill is done: 1200 rows\n");
    assertThat(command.err()).contains("the backfill fill is given back");
    assertThat(command.rollouts.backfills.watches).isZero();
  }
}
