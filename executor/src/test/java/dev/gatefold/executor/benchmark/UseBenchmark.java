package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it adds to the applications' writes that they are written down, beside the sync alone. */
class UseBenchmark {

  private static final int ROWS = 100_000;
  private static final int SINGLE = 5_000;
  private static final int FIRST = 1_000;
  private static final int ROUNDS = 7;

  private static final String COLUMN = "UPDATE items SET total = total + 1";
  private static final String OTHER = "UPDATE items SET seen = seen + 1";

  private static final String SWITCH =
      """
      DO $$ DECLARE g record; BEGIN
        FOR g IN SELECT tgname FROM pg_trigger
                 WHERE tgrelid = 'items'::regclass AND tgname LIKE '~gatefold%%.use%%' LOOP
          EXECUTE format('ALTER TABLE items %s TRIGGER %%I', g.tgname);
        END LOOP; END $$""";

  @Test
  void costOfSingleRowAndBulkUpdates() throws Exception {
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, "");
      bench.submit();
      bench.promote(StageName.EXPAND);
      bench.promote(StageName.BACKFILL);
      measure(bench);
      for (int round = 1; round <= ROUNDS; round++) {
        bench.run(SWITCH.formatted("DISABLE"));
        keepLeast(without, measure(bench));
        bench.run(SWITCH.formatted("ENABLE ALWAYS"));
        keepLeast(with, measure(bench));
      }
    }
    write(without, with);
  }

  /** Of all rounds the least: whatever else the machine does only adds. */
  private static void keepLeast(List<Double> least, List<Double> round) {
    for (int i = 0; i < round.size(); i++) {
      if (least.size() == i) {
        least.add(round.get(i));
      } else {
        least.set(i, Math.min(least.get(i), round.get(i)));
      }
    }
  }

  private static void write(List<Double> without, List<Double> with) throws IOException {
    Figures figures =
        new Figures(
            "Cost of recording writes: microseconds a row, least of %d rounds".formatted(ROUNDS),
            "the write",
            "sync alone",
            "with the recorder",
            "ratio");
    List<String> writes =
        List.of(
            "one row, the column",
            "one row, another column",
            "one row, the column, first in its session and minute",
            "bulk, the column",
            "bulk, another column");
    for (int i = 0; i < writes.size(); i++) {
      figures.row(
          writes.get(i),
          Figures.number(without.get(i)),
          Figures.number(with.get(i)),
          Figures.number(with.get(i) / without.get(i)));
    }
    figures.write("use");
  }

  private static List<Double> measure(Bench bench) throws SQLException {
    List<Double> micros = new ArrayList<>();
    bench.run("VACUUM items");
    micros.add(micros(singleRows(bench, COLUMN), SINGLE));
    micros.add(micros(singleRows(bench, OTHER), SINGLE));
    micros.add(micros(firstWrites(bench), FIRST));
    bench.run("VACUUM items");
    micros.add(micros(bench.timed(COLUMN), ROWS));
    bench.run("VACUUM items");
    micros.add(micros(bench.timed(OTHER), ROWS));
    return micros;
  }

  private static double micros(Duration time, int rows) {
    return time.toNanos() / 1e3 / rows;
  }

  /** In one transaction: the cost of a commit would hide that of the trigger. */
  private static Duration singleRows(Bench bench, String update) throws SQLException {
    try (Connection connection = bench.connect();
        PreparedStatement statement = connection.prepareStatement(update + " WHERE id = ?")) {
      connection.setAutoCommit(false);
      long began = System.nanoTime();
      for (int id = 1; id <= SINGLE; id++) {
        statement.setLong(1, id);
        statement.executeUpdate();
      }
      connection.commit();
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /** The write that is written down each time, as that of a session's first in a minute is. */
  private static Duration firstWrites(Bench bench) throws SQLException {
    try (Connection connection = bench.connect();
        PreparedStatement update = connection.prepareStatement(COLUMN + " WHERE id = ?");
        PreparedStatement reset = connection.prepareStatement("RESET ALL")) {
      connection.setAutoCommit(false);
      long took = 0;
      for (int id = 1; id <= FIRST; id++) {
        reset.execute();
        update.setLong(1, id);
        long began = System.nanoTime();
        update.executeUpdate();
        took += System.nanoTime() - began;
      }
      connection.commit();
      return Duration.ofNanos(took);
    }
  }
}
