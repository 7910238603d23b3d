package dev.gatefold.executor.demo;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.demo.Director.Take;
import dev.gatefold.planner.change.ChangeName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A backfill in a process of its own that is killed in the middle, and then goes on. */
final class KilledBackfill {

  private static final Duration LOOK = Duration.ofMillis(10);

  private final Director director;
  private final ChangeName change;
  private final Connection connection;
  private final Sleeper sleeper = new ThreadSleeper();

  KilledBackfill(Director director, ChangeName change) {
    this.director = director;
    this.change = change;
    this.connection = director.scene().connection();
  }

  void run() throws StoryFailure, SQLException, IOException, InterruptedException {
    goesOn(killed());
  }

  /** Returns how many rows were filled. */
  private long killed() throws StoryFailure, SQLException, IOException, InterruptedException {
    Take take = director.begin();
    try (Worker worker = start(" &")) {
      long enough = director.scene().settings().killAfter();
      while (look() < enough) {
        if (worker.ended()) {
          throw new StoryFailure("the worker ended before it was killed: " + worker.output());
        }
        sleeper.sleep(LOOK);
      }
      worker.kill();
      director.scene().narrator().command("kill -9 " + worker.pid());
      awaitItsSession();
    }
    long rows = rowsDone();
    director.end(
        take, "killed", "the process that fills the new column, in the middle of its work", rows);
    return rows;
  }

  private void goesOn(long before)
      throws StoryFailure, SQLException, IOException, InterruptedException {
    Take take = director.begin();
    try (Worker worker = start("")) {
      while (!worker.ended()) {
        long rows = look();
        if (rows < before) {
          throw new StoryFailure(
              "the backfill began anew: %d rows at the kill, %d now".formatted(before, rows));
        }
        sleeper.sleep(LOOK);
      }
      if (worker.exitCode() != 0) {
        throw new StoryFailure("the worker that went on failed: " + worker.output());
      }
    }
    director.end(
        take,
        "backfill",
        "the same command goes on behind row %s, where the other was killed"
            .formatted(Figures.number(before)),
        rowsDone() - before);
  }

  private Worker start(String suffix) throws IOException {
    Scene scene = director.scene();
    scene.narrator().command("gatefold promote %s backfill%s".formatted(change, suffix));
    return Worker.start(
        scene.settings().gatefold(), scene.database().url(), "promote", change.value(), "backfill");
  }

  /** The server rolls back what it had begun for the dead process, and lets its lock go. */
  private void awaitItsSession() throws SQLException, InterruptedException {
    Query locked = Query.of("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory'");
    while (locked.isTrue(connection)) {
      sleeper.sleep(LOOK);
    }
  }

  private long look() throws SQLException {
    long rows = rowsDone();
    director.scene().narrator().progress("backfill", Figures.rows(rows));
    return rows;
  }

  private long rowsDone() throws SQLException {
    return Query.of(
            """
            SELECT c.rows_done FROM gatefold.backfill_progress c
            JOIN gatefold.rollout r ON r.id = c.rollout_id WHERE r.change = ?\
            """,
            change.value())
        .first(connection, row -> row.getLong(1))
        .orElse(0L);
  }
}
