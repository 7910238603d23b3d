package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.timetable.Cron;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.StandaloneBackfill;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database with backfills, driven as a user would drive them. */
final class Fills implements AutoCloseable {

  /** Ten rows a batch: the bound on the speed is also one on the batch. */
  static final String SLOW = "max_rows_per_second: 10\n";

  private final Journey journey;

  private Fills(Journey journey) {
    this.journey = journey;
  }

  static Fills on(String schema) throws SQLException {
    return new Fills(Journey.on(schema));
  }

  /** A table {@code item} with rows 1 to n, without a country. */
  static Fills items(int rows) throws SQLException {
    return on(
        """
        CREATE TABLE item (id bigint PRIMARY KEY, country text, note text);
        INSERT INTO item SELECT i, NULL, i FROM generate_series(1, %d) AS i;
        ANALYZE item;
        """
            .formatted(rows));
  }

  Journey journey() {
    return journey;
  }

  Backfills backfills() {
    return journey.rollouts().backfills();
  }

  static StandaloneBackfill read(String yaml) {
    try {
      return BackfillFile.read("x.yaml", yaml, Cron::check);
    } catch (ChangeFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  Outcome run(String yaml) throws SQLException {
    return run(yaml, progress -> {});
  }

  Outcome run(String yaml, ProgressListener listener) throws SQLException {
    return backfills().run(read(yaml), yaml, listener);
  }

  Outcome schedule(String yaml) throws SQLException {
    return backfills().schedule(read(yaml), yaml);
  }

  Optional<Backfills.Ran> work() throws SQLException {
    return backfills().work(name -> progress -> {});
  }

  Backfills.Standing standing() throws SQLException {
    return backfills().list().get(0);
  }

  /** The states of all runs, oldest first. */
  List<String> states() throws SQLException {
    return rows("SELECT state FROM gatefold.standalone_run ORDER BY id");
  }

  List<String> rows(String sql) throws SQLException {
    return journey.rows(sql);
  }

  void sql(String sql) throws SQLException {
    journey.sql(sql);
  }

  @Override
  public void close() throws SQLException {
    journey.close();
  }
}
