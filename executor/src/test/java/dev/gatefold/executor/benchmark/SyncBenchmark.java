package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sync adds to the applications' own updates, in {@code fill} and in {@code both}. */
class SyncBenchmark {

  private static final int ROWS = 200_000;
  private static final int SINGLE = 10_000;
  private static final int ROUNDS = 3;

  private static final String MAPPED = "UPDATE items SET total = total + 1";
  private static final String OTHER = "UPDATE items SET seen = seen + 1";

  @Test
  void costOfSingleRowAndBulkUpdates() throws Exception {
    Figures figures =
        new Figures(
            "Cost of the sync: time without it = 1",
            "round",
            "sync",
            "one row, the column",
            "one row, another column",
            "bulk, the column",
            "bulk, another column");
    for (int round = 1; round <= ROUNDS; round++) {
      try (Bench bench = Bench.open()) {
        bench.table("items", ROWS, "");
        List<Duration> without = measure(bench);
        bench.table("items", ROWS, "");
        bench.submit();
        bench.promote(StageName.EXPAND);
        row(figures, round, "fill", without, measure(bench));
        bench.promote(StageName.BACKFILL);
        row(figures, round, "both", without, measure(bench));
      }
    }
    figures.write("sync");
  }

  private static void row(
      Figures figures, int round, String mode, List<Duration> without, List<Duration> with) {
    figures.row(
        Integer.toString(round),
        mode,
        ratio(with.get(0), without.get(0)),
        ratio(with.get(1), without.get(1)),
        ratio(with.get(2), without.get(2)),
        ratio(with.get(3), without.get(3)));
  }

  private static String ratio(Duration with, Duration without) {
    return Figures.number((double) with.toNanos() / without.toNanos());
  }

  private static List<Duration> measure(Bench bench) throws SQLException {
    bench.run("VACUUM items");
    singleRows(bench, MAPPED);
    Duration mapped = singleRows(bench, MAPPED);
    Duration other = singleRows(bench, OTHER);
    bench.run("VACUUM items");
    Duration bulkMapped = bench.timed(MAPPED);
    bench.run("VACUUM items");
    Duration bulkOther = bench.timed(OTHER);
    return List.of(mapped, other, bulkMapped, bulkOther);
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
}
