package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.executor.store.HistoryEntry;
import dev.gatefold.executor.store.SpeedStore.Heard;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {

  private static final String PLANNED =
      """
      {"change":"total","state":"planned","phase":null,"stage":null,"next_stage":"expand",\
      "rows_total":1000,"rows_done":250,"mismatches":0,"updated_at":"2026-03-01T12:00:00Z"}\
      """;
  private static final String FAILED =
      """
      {"change":"total","state":"backfilling","phase":"backfill","stage":"backfill",\
      "next_stage":"backfill","rows_total":1000,"rows_done":250,"mismatches":3,\
      "updated_at":"2026-03-01T12:00:00Z","paused":true,\
      "failed":{"step":"backfill.rows","reason":"row 7 has no image"}}\
      """;

  static final Filling FILLING =
      new Filling(
          List.of(new Filling.Steered("target_batch_time", "50ms", "20ms", "ann", Plans.NOON)),
          List.of(
              new Heard(
                  "public.orders",
                  2,
                  OptionalDouble.of(1200),
                  Optional.of(new Remaining(Duration.ofSeconds(10), Duration.ofSeconds(20))),
                  Pressure.slow(0.5, "replica db2 is 3 s behind"),
                  300,
                  20L << 20,
                  Plans.NOON)),
          1);

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  @Test
  void jsonHasTheShapeOfTheContract() {
    command.rollouts.rollouts =
        List.of(Plans.rollout(RolloutState.PLANNED), Plans.failed(RolloutState.BACKFILLING));
    String all = "{\"changes\":[" + PLANNED + "," + FAILED + "]}\n";
    assertThat(command.run("status", "-o", "json")).isZero();
    assertThat(command.out()).isEqualTo(all);
    assertThat(command.run("list", "-o", "json")).isZero();
    assertThat(command.out()).isEqualTo(all);
    assertThat(command.run("status", "total", "-o", "json")).isZero();
    assertThat(command.out()).isEqualTo("{\"changes\":[" + PLANNED + "]}\n");
  }

  @Test
  void textSaysWhatToDoNext() {
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.EXPANDED));
    assertThat(command.run("status", "total")).isZero();
    assertThat(command.out())
        .isEqualTo(
            """
            total: expanded
              stage    expand (phase expand)
              rows     250 of 1,000 (25%)
              updated  2026-03-01 12:00:00Z
              Next: gatefold promote total backfill
            """);
  }

  @Test
  void aVerificationIsToldAsFarAsItIs() {
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.RETIRING));
    command.rollouts.verifications =
        Map.of(Plans.TOTAL, List.of(new UnderWay(7, "public.orders", Plans.NOON, 12, 340_000, 2)));
    assertThat(command.run("status", "total")).isZero();
    assertThat(command.out())
        .contains("  verify   340,000 rows in 12 ranges of public.orders compared, 2 differ\n");
    assertThat(command.run("status", "total", "-o", "json")).isZero();
    assertThat(command.out())
        .contains(
            """
            "verification":[{"table":"public.orders","began_at":"2026-03-01T12:00:00Z",\
            "ranges":12,"rows":340000,"mismatches":2}]"""
                .strip());
  }

  @Test
  void aBackfillIsToldWithItsPaceAndItsBadRows() {
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.BACKFILLING));
    command.rollouts.fillings = Map.of(Plans.TOTAL, FILLING);
    command.rollouts.badRows =
        List.of(
            new Kept("public.orders", new BadRow(Key.of("7"), "invalid input syntax"), Plans.NOON));
    assertThat(command.run("status", "total")).isZero();
    assertThat(command.out())
        .contains(
            """
              rows     250 of 1,000 (25%)
              speed    public.orders: 1,200 rows/s, 10 to 20 s left, 2 processes
              pressure public.orders is held to 50%: replica db2 is 3 s behind
              cost     public.orders: 300 dead tuples, 20 MB of WAL by the whole server meanwhile
              pace     target_batch_time 50ms instead of 20ms, by ann at 2026-03-01 12:00:00Z
              bad      1 row cannot be converted and stayed as before
                       public.orders 7: invalid input syntax
            """);
    assertThat(command.run("status", "total", "-o", "json")).isZero();
    assertThat(command.out())
        .contains(
            """
            ,"backfill":{"steered":[{"setting":"target_batch_time","value":"50ms","file":"20ms",\
            "by":"ann","at":"2026-03-01T12:00:00Z"}],"tables":[{"table":"public.orders",\
            "processes":2,"rows_per_second":1200.0,"remaining_seconds":{"soonest":10,"latest":20},\
            "share":0.5,"throttled_by":["replica db2 is 3 s behind"],"dead_tuples":300,\
            "server_wal_bytes":20971520,"measured_at":"2026-03-01T12:00:00Z"}],"bad_rows":1},\
            "bad_rows":[{"table":"public.orders","key":["7"],"reason":"invalid input syntax",\
            "seen_at":"2026-03-01T12:00:00Z"}]}
            """
                .strip());
  }

  @Test
  void everyStateHasANextStep() {
    for (RolloutState state : RolloutState.values()) {
      command.rollouts.rollouts = List.of(Plans.rollout(state));
      command.run("status", "total");
      assertThat(command.lines().get(command.lines().size() - 1))
          .as(state.word())
          .containsAnyOf("gatefold ", "Nothing is left to do.");
    }
    command.rollouts.rollouts = List.of(Plans.failed(RolloutState.BACKFILLING));
    command.run("status", "total");
    assertThat(command.out())
        .contains("backfilling, paused, failed", "row 7 has no image", "3 rows")
        .endsWith("Next: gatefold resume total\n");
  }

  @Test
  void finishedChangesAreOnlyCounted() {
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.COMPLETED));
    command.run("status");
    assertThat(command.out()).isEqualTo("1 change completed or rolled back; see: gatefold list\n");
    command.rollouts.rollouts = List.of();
    command.run("status");
    assertThat(command.out()).isEqualTo("No change is recorded. Next: gatefold new NAME\n");
  }

  @Test
  void staleIsWhatIsOpenAndHasNotMoved() {
    command.rollouts.rollouts =
        List.of(Plans.rollout(RolloutState.EXPANDED), Plans.rollout(RolloutState.COMPLETED));
    command.run("list", "--stale", "30d");
    assertThat(command.out()).isEqualTo("No change is stale.\n");
    command.passed = Duration.ofDays(31);
    command.run("list", "--stale", "30d");
    assertThat(command.lines()).hasSize(2);
    assertThat(command.out()).contains("total", "expanded", "250 of 1,000 (25%)", "backfill");
  }

  @Test
  void historyIsALineForEachEntry() {
    command.rollouts.history =
        List.of(new HistoryEntry(Plans.TOTAL, Plans.NOON, "ann", "promoted", "expand: \"go\""));
    assertThat(command.run("history")).isZero();
    assertThat(command.out())
        .isEqualTo("2026-03-01 12:00:00Z  total  ann  promoted     expand: \"go\"\n");
    assertThat(command.run("history", "-o", "json")).isZero();
    assertThat(command.out())
        .isEqualTo(
            """
            {"change":"total","at":"2026-03-01T12:00:00Z","actor":"ann","kind":"promoted",\
            "text":"expand: \\"go\\""}
            """);
  }

  @Test
  void doctorCleansWhenToldTo() {
    assertThat(command.run("doctor")).isZero();
    assertThat(command.rollouts.asked).isEmpty();
    assertThat(command.run("doctor", "--clean")).isZero();
    assertThat(command.rollouts.asked).containsExactly("clean");
    assertThat(command.out()).contains("ok      publication: gatefold_0 is dropped");
  }

  @Test
  void doctorFailsForAProblemOnly() {
    command.rollouts.diagnoses =
        List.of(
            new Diagnosis("server", Diagnosis.Level.OK, "PostgreSQL 17", ""),
            new Diagnosis("schema", Diagnosis.Level.NOTE, "not there yet", "Run gatefold init."));
    assertThat(command.run("doctor")).isZero();
    assertThat(command.out())
        .isEqualTo(
            """
            ok      server: PostgreSQL 17
            note    schema: not there yet
                    Cure: Run gatefold init.
            """);
    command.rollouts.diagnoses =
        List.of(new Diagnosis("role", Diagnosis.Level.PROBLEM, "a standby", "Use the primary."));
    assertThat(command.run("doctor", "-o", "json")).isEqualTo(8);
    assertThat(command.out())
        .isEqualTo(
            """
            {"checks":[{"subject":"role","level":"problem","message":"a standby",\
            "cure":"Use the primary."}]}
            """);
  }
}
