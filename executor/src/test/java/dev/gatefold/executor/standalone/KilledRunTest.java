package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.crash.Command;
import dev.gatefold.executor.crash.Command.Verb;
import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Backfills.Ran;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose process is killed in its middle: no row twice, none left out. */
class KilledRunTest {

  /** Counts how often a row was written. */
  private static final String COUNT =
      "{backfill: x, table: item, set: {n: \"coalesce(n, 0) + 1\"}}";

  private Fills fills;

  @BeforeEach
  void start() throws SQLException {
    fills = Fills.items(3000);
    fills.sql("ALTER TABLE item ADD n int");
  }

  @AfterEach
  void end() throws SQLException {
    fills.close();
  }

  private ExecutorProcess inItsMiddle(Verb verb) throws Exception {
    ExecutorProcess process = ExecutorProcess.start();
    process.send(
        Command.of(fills.journey().database().url(), "x", verb, COUNT)
            .standingStillAt("rows 1000", 0));
    assertThat(process.await("still"::equals)).isPresent();
    return process;
  }

  private void everyRowWasWrittenOnce() throws SQLException {
    assertThat(fills.rows("SELECT n, count(*) FROM item GROUP BY n")).containsExactly("1|3000");
    assertThat(fills.states()).containsExactly("done");
    assertThat(fills.standing().last().orElseThrow().rowsDone()).isEqualTo(3000);
  }

  @Test
  void theSameCommandGoesOnWhereItWasKilled() throws Exception {
    try (ExecutorProcess process = inItsMiddle(Verb.FILL)) {
      // Meanwhile neither a worker nor another command has a share in it.
      assertThat(fills.work()).isEmpty();
      process.kill();
    }
    assertThat(fills.states()).containsExactly("running");
    assertThat(fills.rows("SELECT count(n) FROM item")).containsExactly("1000");
    assertThat(fills.run(COUNT)).isInstanceOf(Outcome.Done.class);
    everyRowWasWrittenOnce();
  }

  @Test
  void anotherWorkerGoesOnWithWhatAWorkerHad() throws Exception {
    assertThat(fills.schedule(COUNT)).isInstanceOf(Outcome.Done.class);
    try (ExecutorProcess process = inItsMiddle(Verb.WORK)) {
      assertThat(fills.work()).isEmpty();
      process.kill();
    }
    Optional<Ran> ran = Optional.empty();
    // The server ends the session of a killed process within a moment.
    while (ran.isEmpty()) {
      ran = fills.work();
    }
    assertThat(ran.get().outcome()).containsInstanceOf(Outcome.Done.class);
    everyRowWasWrittenOnce();
  }
}
