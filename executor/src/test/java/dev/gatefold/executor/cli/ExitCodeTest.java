package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.executor.gate.Difference;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.StageName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every end of a command has its exit code, its words and its JSON. */
class ExitCodeTest {

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  static Stream<Arguments> outcomes() {
    List<BadRow> rows = List.of(new BadRow(Key.of("7", "red"), "too long"));
    return Stream.of(
        Arguments.of(
            new Outcome.Done("done it", "Next: more"),
            0,
            "done it\nNext: more",
            """
            {"outcome":"done","change":"total","message":"done it","next":"more"}\
            """),
        Arguments.of(
            new Outcome.OutOfOrder("not yet", "Expand first."),
            2,
            "gatefold: not yet\n  Expand first.",
            """
            {"outcome":"out_of_order","change":"total","message":"not yet","cure":"Expand first."}\
            """),
        Arguments.of(
            new Outcome.Refused(
                new Refusal(
                    List.of(new Refusal.Reason("no-key", "public.o", "no key", "Add one.")))),
            3,
            """
            gatefold: the planner refuses the change; nothing was changed
              no-key, public.o: no key
                Cure: Add one.\
            """,
            """
            {"outcome":"refused","change":"total","message":"the planner refuses the change",\
            "reasons":[{"code":"no-key","object":"public.o","message":"no key","cure":"Add one."}]}\
            """),
        Arguments.of(
            new Outcome.Waits("paused", "Resume it."),
            4,
            "gatefold: not now: paused\n  Resume it.",
            """
            {"outcome":"waits","change":"total","message":"paused","cure":"Resume it."}\
            """),
        Arguments.of(
            new Outcome.Stopped("backfill.rows", "a row is bad", rows, "Mend it."),
            5,
            """
            gatefold: stopped at backfill.rows: a row is bad
              (7, red): too long
              Mend it.\
            """,
            """
            {"outcome":"stopped","change":"total","message":"a row is bad","cure":"Mend it.",\
            "step":"backfill.rows","rows":[{"key":["7","red"],"reason":"too long"}]}\
            """),
        Arguments.of(
            new Outcome.Differs("1 row differs", 1, rows, "Mend it."),
            6,
            "  (7, red): too long\ngatefold: 1 row differs\n    Cure: Mend it.",
            """
            {"outcome":"differs","change":"total","message":"1 row differs","cure":"Mend it.",\
            "mismatches":1,"rows":[{"key":["7","red"],"reason":"too long"}]}\
            """),
        Arguments.of(
            new Outcome.Blocked(
                new Evidence(
                    Plans.TOTAL,
                    StageName.RETIRE,
                    "abc",
                    List.of(
                        new Finding("sync", Verdict.CLEAR, "as it was", "", Plans.NOON),
                        new Finding(
                            "drift", Verdict.BLOCKED, "a column came", "Drop it.", Plans.NOON)))),
            7,
            """
            gatefold: the gate of retire is blocked; nothing was changed
              blocked, drift: a column came
                Cure: Drop it.\
            """,
            """
            {"outcome":"blocked","change":"total","message":"the gate of retire is blocked",\
            "evidence":{"change":"total","stage":"retire","verdict":"blocked","hash":"abc",\
            "checks":[{"check":"sync","verdict":"clear","detail":"as it was","cure":"",\
            "measured_at":"2026-03-01T12:00:00Z"},{"check":"drift","verdict":"blocked",\
            "detail":"a column came","cure":"Drop it.","measured_at":"2026-03-01T12:00:00Z"}]}}\
            """),
        Arguments.of(
            new Outcome.Blocked(
                new Evidence(
                    Plans.TOTAL,
                    StageName.EXPAND,
                    "abc",
                    List.of(
                        new Finding(
                            "standby s:1/d", Verdict.WAITING, "in use", "Wait.", Plans.NOON)))),
            4,
            """
            gatefold: the gate of expand is waiting; nothing was changed
              waiting, standby s:1/d: in use
                Cure: Wait.\
            """,
            """
            {"outcome":"waits","change":"total","message":"the gate of expand is waiting",\
            "evidence":{"change":"total","stage":"expand","verdict":"waiting","hash":"abc",\
            "checks":[{"check":"standby s:1/d","verdict":"waiting","detail":"in use",\
            "cure":"Wait.","measured_at":"2026-03-01T12:00:00Z"}]}}\
            """),
        Arguments.of(
            new Outcome.Denied(
                "the gate is worse than evidence abc showed",
                List.of(
                    new Difference(
                        Optional.of(Verdict.CLEAR),
                        new Finding("drift", Verdict.BLOCKED, "it grew", "Mend it.", Plans.NOON)),
                    new Difference(
                        Optional.empty(),
                        new Finding("soak", Verdict.WAITING, "1 h", "", Plans.NOON))),
                "Look again."),
            7,
            """
            gatefold: the gate is worse than evidence abc showed; nothing was changed
              drift was clear, is blocked: it grew
                Cure: Mend it.
              soak was not there, is waiting: 1 h
              Look again.\
            """,
            """
            {"outcome":"denied","change":"total",\
            "message":"the gate is worse than evidence abc showed","cure":"Look again.",\
            "worse":[{"check":"drift","was":"clear","is":"blocked","detail":"it grew",\
            "cure":"Mend it."},{"check":"soak","was":null,"is":"waiting","detail":"1 h","cure":""}]}\
            """));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void anOutcomeHasItsCodeItsWordsAndItsJson(
      Outcome outcome, int exitCode, String text, String json) {
    command.rollouts.outcome = outcome;

    assertThat(command.run("promote", "total", "backfill")).isEqualTo(exitCode);
    assertThat((command.out() + command.err()).stripTrailing()).isEqualTo(text);
    assertThat(command.rollouts.closed).isTrue();

    assertThat(command.run("promote", "total", "backfill", "-o", "json")).isEqualTo(exitCode);
    assertThat(command.out()).isEqualTo(json + "\n");
    assertThat(command.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "08001, cannot connect to",
    "08004, cannot connect to",
    "28P01, cannot connect to",
    "28000, cannot connect to",
    "3D000, cannot connect to",
    "57P03, cannot connect to",
    "53300, cannot connect to",
    "08006, the connection to",
    "42501, a right is missing on"
  })
  void withoutAConnectionNothingIsDone(String state, String words) {
    command.openFailure = new SQLException("the server's words", state);

    assertThat(command.run("promote", "total", "expand")).isEqualTo(8);
    assertThat(command.err())
        .startsWith("gatefold: " + words + " db.example:5433/shop")
        .contains("the server's words")
        .doesNotContain("secret", "\tat ");
    assertThat(command.err().lines()).hasSize(2);
    assertThat(command.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "08006, false, 5",
    "57P01, false, 5",
    "08006, true, 5",
    "08001, false, 8",
    "08001, true, 5",
    "42501, false, 8",
    "42501, true, 5",
    "22012, true, 1",
    "22012, false, 1"
  })
  void whatBreaksInTheMiddleKeepsItsState(String state, boolean begun, int exitCode) {
    if (begun) {
      command.rollouts.stage = listener -> listener.started(StageName.BACKFILL, Plans.rows(), 1, 2);
    }
    command.rollouts.failure = new SQLException("broken", state);

    assertThat(command.run("promote", "total", "backfill", "--yes")).isEqualTo(exitCode);
    assertThat(command.err()).contains("broken");
    if (exitCode == 5) {
      assertThat(command.err()).contains("run the same command again");
    }
  }

  @ParameterizedTest
  @CsvSource({"42P01, relation \"gatefold.rollout\" does not exist, 8", "42P01, relation \"x\", 1"})
  void aDatabaseWithoutOurSchemaIsToBeInitialised(String state, String message, int exitCode) {
    command.rollouts.failure = new SQLException("ERROR: " + message, state);

    assertThat(command.run("pause", "total")).isEqualTo(exitCode);
    assertThat(command.err().contains("gatefold init")).isEqualTo(exitCode == 8);
  }

  @Test
  void aBugSaysHowToSeeMore() {
    command.rollouts.stage =
        listener -> {
          throw new IllegalStateException("impossible");
        };

    assertThat(command.run("retry", "total")).isEqualTo(1);
    assertThat(command.err()).contains("bug", "impossible", "--debug").doesNotContain("\tat ");
    assertThat(command.run("--debug", "retry", "total")).isEqualTo(1);
    assertThat(command.err()).contains("\tat ");
  }
}
