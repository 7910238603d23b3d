package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.work.Worker;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run outlives its connections: no command has to be given anew. */
class LostRunTest {

  private static final int ROWS = 6000;

  private static final String COUNT =
      "{backfill: x, table: item, set: {n: \"coalesce(n, 0) + 1\"}, max_rows_per_second: 4000}";

  /** Does something twice while rows move. */
  private abstract static class Disturbing implements ProgressListener {

    final List<String> waits = new ArrayList<>();
    private int heard;

    abstract void disturb() throws Exception;

    @Override
    public void progress(Progress progress) {
      heard++;
      if (heard == 2 || heard == 4) {
        try {
          disturb();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void waiting(Waiting waiting) {
      waits.add(waiting.reason());
    }
  }

  /** Ends each session of Gatefold's, also those that only look on. */
  private static final class Ending extends Disturbing {

    private final Fills fills;

    Ending(Fills fills) {
      this.fills = fills;
    }

    @Override
    void disturb() throws SQLException {
      fills.sql(
          """
          SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
          WHERE application_name = 'gatefold' AND datname = current_database()
            AND pid <> pg_backend_pid()""");
    }
  }

  private static Fills items() throws SQLException {
    Fills fills = Fills.items(ROWS);
    fills.sql("ALTER TABLE item ADD n int");
    return fills;
  }

  private static void everyRowWasWrittenOnce(Fills fills, Disturbing heard) throws SQLException {
    assertThat(heard.waits).filteredOn(it -> it.startsWith("the connection was lost (")).hasSize(2);
    assertThat(fills.rows("SELECT n, count(*) FROM item GROUP BY n")).containsExactly("1|" + ROWS);
    assertThat(fills.states()).containsExactly("done");
  }

  @Test
  void inTheForeground() throws SQLException {
    try (Fills fills = items()) {
      Ending ending = new Ending(fills);
      assertThat(fills.run(COUNT, ending)).isInstanceOf(Outcome.Done.class);
      everyRowWasWrittenOnce(fills, ending);
    }
  }

  @Test
  void atAWorker() throws Exception {
    try (Fills fills = items()) {
      assertThat(fills.schedule(COUNT)).isInstanceOf(Outcome.Done.class);
      Ending ending = new Ending(fills);
      Watching watching = new Watching(ending);
      new Worker(
              () -> LiveRollouts.open(DatabaseUrl.parse(fills.journey().database().url())),
              List.of(),
              new ThreadSleeper(),
              watching)
          .once();
      assertThat(watching.outcomes()).singleElement().isInstanceOf(Outcome.Done.class);
      everyRowWasWrittenOnce(fills, ending);
    }
  }

  /** Stops the server, and starts it when that was noticed more than once. */
  private static final class Stopping extends Disturbing {

    private final Server server;
    private boolean down;

    Stopping(Server server) {
      this.server = server;
    }

    @Override
    void disturb() throws IOException {
      if (waits.isEmpty()) {
        server.kill();
        down = true;
      }
    }

    @Override
    public void waiting(Waiting waiting) {
      super.waiting(waiting);
      if (down && waits.size() > 2) {
        down = false;
        try {
          server.startAgain();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  void whereTheServerIsDownForAWhile() throws Exception {
    try (Server server = Server.start()) {
      server.execute(
          "postgres",
          """
          CREATE TABLE item (id bigint PRIMARY KEY, n int);
          INSERT INTO item SELECT i FROM generate_series(1, %d) AS i;
          """
              .formatted(ROWS));
      Stopping stopping = new Stopping(server);
      try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(server.url("postgres")))) {
        rollouts.init();
        assertThat(rollouts.backfills().run(Fills.read(COUNT), COUNT, stopping))
            .isInstanceOf(Outcome.Done.class);
      }
      assertThat(stopping.waits).hasSizeGreaterThan(2);
      assertThat(server.strings("postgres", "SELECT n || ' ' || count(*) FROM item GROUP BY n"))
          .containsExactly("1 " + ROWS);
    }
  }
}
