package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.HistoryEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
