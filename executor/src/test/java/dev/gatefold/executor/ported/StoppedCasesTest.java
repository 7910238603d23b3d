package dev.gatefold.executor.ported;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases of gh-ost and Vitess in which rows stand in the way: the stage stops and names them, none
 * is dropped, cut or made up, and all of it can be taken back.
 */
class StoppedCasesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "panic-on-warnings-duplicate-values-for-unique-index; text; 'a', 'b', 'a'"
            + "; add_constraint: {table: t, name: u, unique: [v]}; v=a",
        "panic-on-warnings-duplicate-unique-values-on-column-type-change; text UNIQUE"
            + "; '1', '2', '01'; alter_column: {table: t, column: v, type: int, to: w}; (1) is duplicated",
        "fail-text-too-long; text; 'abc', 'abcd'"
            + "; alter_column: {table: t, column: v, type: varchar(3), to: w}; 2",
        "fail-value-out-of-range; bigint; 1, 3000000000"
            + "; alter_column: {table: t, column: v, type: int, to: w}; 2",
        "fail-enum-data-truncated; text; 'sad', 'x'"
            + "; alter_column: {table: t, column: v, type: mood, to: w, down: w::text, volatile: accepted}; 2",
        "fail-utf8-to-datetime; text; '2020-01-01', '2020-02-30'"
            + "; alter_column: {table: t, column: v, type: date, to: w, down: w::text, volatile: accepted}; 2",
        "fail-invalid-json; text; '{}', '{'"
            + "; alter_column: {table: t, column: v, type: jsonb, to: w, down: w::text}; 2",
        "fail-cannot-be-null; int; 1, NULL"
            + "; add_constraint: {table: t, name: c, check: v IS NOT NULL}; id=2",
        "fail-duplicate-entry over two columns; int; 1, 1"
            + "; add_constraint: {table: t, name: u, unique: [v, w0]}; v=1, w0=0",
      })
  void theRowsInTheWayAreNamed(
      String origin, String type, String values, String operation, String key) throws Exception {
    try (Journey journey = Journey.on(schema(type, values))) {
      List<String> before = journey.rows("SELECT * FROM t ORDER BY id");
      journey.submitted("change: ported\noperations:\n  - " + operation);
      Optional<Outcome.Stopped> stopped = stopped(journey);

      assertThat(stopped).as(origin).isPresent();
      assertThat(told(stopped.get())).anySatisfy(it -> assertThat(it).contains(key));

      assertThat(journey.rollback("ported", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT * FROM t ORDER BY id")).isEqualTo(before);
    }
  }

  private static List<String> told(Outcome.Stopped stopped) {
    return Stream.concat(
            stopped.rows().stream().map(row -> row.key().toString()), Stream.of(stopped.message()))
        .toList();
  }

  private static String schema(String type, String values) {
    return """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v %s, w0 int DEFAULT 0);
    INSERT INTO t (v) VALUES (%s)"""
        .formatted(type, String.join("), (", values.split(", ", -1)));
  }

  /** The first stage that does not come to its end. */
  private static Optional<Outcome.Stopped> stopped(Journey journey) throws Exception {
    for (StageName stage : StageName.values()) {
      if (journey.rollout("ported").plan().stage(stage).isPresent()
          && journey.promote("ported", stage) instanceof Outcome.Stopped outcome) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }
}
