package dev.gatefold.executor.benchmark;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.benchmark.OpenLoop.Side;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.broker.TestBroker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A change feed: how many events it applies beside what the server's own client reads in the same
 * run, how far it lags, and what applications pay for it. It is read by this process, with which
 * server and applications share the machine.
 */
class FeedBenchmark {

  private static final int ROWS = 200_000;
  private static final int ROUNDS = 3;
  private static final int EVENTS = Integer.getInteger("gatefold.benchmark.feed.events", 200_000);
  private static final int PER_SECOND = 2_000;
  private static final int WORDS = 300;
  private static final int SINGLE = 40_000;

  private static final String FED =
      """
      change: totals
      operations:
        - alter_column: {table: items, column: total, to: amount, type: bigint}
      sync: cdc
      """;

  private static final String COPIED =
      """
      change: totals
      operations:
        - rebuild_table: {table: items, primary_key: [id, total]}
      sync: cdc
      """;

  private static final long ALONE_SECONDS = 10;

  private static final String OTHER = "UPDATE items SET seen = seen + 1 WHERE id = ?";
  private static final String UPDATE = "UPDATE items SET total = total + 1 WHERE id = ?";

  @Test
  void eventsApplied() throws Exception {
    Figures figures =
        new Figures(
            "A change feed: updates of one row each, a second",
            "round",
            "read by pg_recvlogical",
            "read and applied to a column",
            "applied / read",
            "until the first was applied, s",
            "to a copy of the table",
            "applied / read");
    for (int round = 1; round <= ROUNDS; round++) {
      Rates column = rates(FED);
      Rates copy = rates(COPIED);
      figures.row(
          Integer.toString(round),
          Figures.number(column.read()),
          Figures.number(column.applied()),
          Figures.number(column.applied() / column.read()),
          Figures.number(column.start()),
          Figures.number(copy.applied()),
          Figures.number(copy.applied() / copy.read()));
    }
    figures.write("feed");
  }

  /** Events a second; {@code start} are the seconds before the first. */
  private record Rates(double read, double applied, double start) {}

  private static Rates rates(String change) throws Exception {
    try (Bench bench = filled(change)) {
      bench.run("SELECT pg_create_logical_replication_slot('plain', 'pgoutput')");
      updates(bench, EVENTS);
      String end = bench.text("SELECT pg_current_wal_insert_lsn()");
      double read = EVENTS / seconds(new PlainReader(bench).until(end));
      Applied applied = applied(bench, end);
      return new Rates(
          read, (EVENTS - applied.first()) / seconds(applied.rest()), seconds(applied.start()));
    }
  }

  /**
   * How it went.
   *
   * @param start until something was applied: the engine begins, and the feed is looked for
   * @param first so many events were applied by then, about
   */
  private record Applied(Duration start, long first, Duration rest) {}

  private static Applied applied(Bench bench, String end) throws Exception {
    String behind = "SELECT ('%s'::pg_lsn - applied_at)::bigint FROM gatefold.feed".formatted(end);
    long all = bench.number(behind);
    long began = System.nanoTime();
    bench.readFeeds();
    long left = all;
    while (left == all) {
      left = bench.number(behind);
    }
    long begun = System.nanoTime();
    long first = (long) (EVENTS * (1.0 - (double) left / all));
    while (left > 0) {
      left = bench.number(behind);
    }
    return new Applied(
        Duration.ofNanos(begun - began), first, Duration.ofNanos(System.nanoTime() - begun));
  }

  @Test
  void throughKafka() throws Exception {
    Figures figures =
        new Figures(
            "A change feed through Kafka to a copy of the table: updates of one row each, a second",
            "round",
            "read by pg_recvlogical",
            "in process",
            "through Kafka, one machine",
            "through Kafka, three",
            "three / read");
    try (TestBroker broker = TestBroker.start()) {
      for (int round = 1; round <= ROUNDS; round++) {
        Rates alone = rates(COPIED);
        double one = throughKafka(broker, 1);
        double three = throughKafka(broker, 3);
        figures.row(
            Integer.toString(round),
            Figures.number(alone.read()),
            Figures.number(alone.applied()),
            Figures.number(one),
            Figures.number(three),
            Figures.number(three / alone.read()));
      }
    }
    figures.write("feed-kafka");
  }

  /** Events a second, once all machines have begun: the log is read at the same time. */
  private static double throughKafka(TestBroker broker, int machines) throws Exception {
    TargetSettings settings =
        new TargetSettings(
            Standbys.NONE,
            Gates.NONE,
            Optional.of(
                new Brokers(Map.of("bootstrap.servers", broker.servers()), OptionalInt.of(1))));
    try (Bench bench = Bench.logical(settings)) {
      bench.table("items", ROWS, "");
      bench.submit(COPIED + "feed: {through: kafka, partitions: 6}\n");
      bench.promote(StageName.EXPAND);
      try (Machines first = new Machines(bench, settings, 1)) {
        bench.promote(StageName.BACKFILL);
      }
      updates(bench, EVENTS);
      String applied = "SELECT sum(next_event)::bigint FROM gatefold.feed_lane";
      long before = bench.number(applied);
      String heard =
          "SELECT coalesce((heard < '%s')::int, 1) FROM gatefold.feed_progress"
              .formatted(bench.text("SELECT pg_current_wal_insert_lsn()"));
      try (Machines all = new Machines(bench, settings, machines)) {
        long first = before;
        while (first == before) {
          first = bench.number(applied);
        }
        long began = System.nanoTime();
        while (bench.number(heard) > 0) {
          Thread.onSpinWait();
        }
        return (EVENTS - (first - before)) / ((System.nanoTime() - began) / 1e9);
      }
    }
  }

  /** So many that apply lanes, all in this process. */
  private static final class Machines implements AutoCloseable {

    private final List<LiveRollouts> all = new ArrayList<>();

    Machines(Bench bench, TargetSettings settings, int count) throws SQLException {
      for (int i = 0; i < count; i++) {
        LiveRollouts one = LiveRollouts.open(DatabaseUrl.parse(bench.url()), settings);
        all.add(one);
        one.readFeeds(true);
      }
    }

    @Override
    public void close() {
      all.forEach(LiveRollouts::close);
    }
  }

  @Test
  void lag() throws Exception {
    Figures figures =
        new Figures(
            "A change feed beside %,d updates a second: milliseconds until a word said in the log is heard, all before it applied"
                .formatted(PER_SECOND),
            "round",
            "p50",
            "p99",
            "longest");
    for (int round = 1; round <= ROUNDS; round++) {
      try (Bench bench = filled()) {
        bench.readFeeds();
        Latencies heard = new Latencies();
        new OpenLoop(bench, UPDATE, ROWS)
            .during(
                PER_SECOND,
                side -> {
                  side.accept(Side.BESIDE);
                  // The first ones wait for the engine to begin.
                  words(bench, WORDS / 10, new Latencies());
                  words(bench, WORDS, heard);
                });
        figures.row(
            Integer.toString(round),
            Figures.number(heard.milliseconds(0.5)),
            Figures.number(heard.milliseconds(0.99)),
            Figures.number(heard.longest()));
      }
    }
    figures.write("feed-lag");
  }

  private static void words(Bench bench, int count, Latencies heard) throws Exception {
    for (int i = 0; i < count; i++) {
      heard.add(bench.heard().toNanos());
      pause(50);
    }
  }

  @Test
  void costOfWriting() throws Exception {
    Figures figures =
        new Figures(
            "Updates of one row, each a transaction of its own: time without a change = 1",
            "round",
            "triggers",
            "change feed that nobody reads",
            "change feed, read on the same two cores");
    for (int round = 1; round <= ROUNDS; round++) {
      try (Bench bench = Bench.logical()) {
        bench.table("items", ROWS, "");
        updates(bench, SINGLE);
        double without = seconds(updates(bench, SINGLE));
        bench.submit();
        bench.promote(StageName.EXPAND);
        bench.promote(StageName.BACKFILL);
        double triggers = seconds(updates(bench, SINGLE));
        bench.rollback();
        // Once more: whatever grows from one measurement to the next is no feed's.
        double again = seconds(updates(bench, SINGLE));
        bench.submit(FED);
        bench.promote(StageName.EXPAND);
        bench.promote(StageName.BACKFILL);
        double unread = seconds(updates(bench, SINGLE));
        bench.readFeeds();
        bench.heard();
        double read = seconds(updates(bench, SINGLE));
        figures.row(
            Integer.toString(round),
            Figures.number(triggers / without),
            Figures.number(unread / again),
            Figures.number(read / again));
      }
    }
    figures.write("feed-cost");
  }

  @Test
  void swap() throws Exception {
    Figures figures =
        new Figures(
            "The swap beside %,d updates a second of a column that keeps its name, milliseconds"
                .formatted(PER_SECOND),
            "round",
            "the stage",
            "p99 alone",
            "p99 beside",
            "longest alone",
            "longest beside");
    for (int round = 1; round <= ROUNDS; round++) {
      try (Bench bench = filled()) {
        long[] stage = new long[1];
        OpenLoop.Sides sides =
            new OpenLoop(bench, OTHER, ROWS)
                .during(
                    PER_SECOND,
                    side -> {
                      side.accept(Side.ALONE);
                      pause(ALONE_SECONDS * 1000);
                      side.accept(Side.BESIDE);
                      long began = System.nanoTime();
                      bench.promote(StageName.RETIRE);
                      stage[0] = System.nanoTime() - began;
                    });
        figures.row(
            Integer.toString(round),
            Figures.number(stage[0] / 1e6),
            Figures.number(sides.alone().milliseconds(0.99)),
            Figures.number(sides.beside().milliseconds(0.99)),
            Figures.number(sides.alone().longest()),
            Figures.number(sides.beside().longest()));
      }
    }
    figures.write("feed-swap");
  }

  private static Bench filled() throws Exception {
    return filled(FED);
  }

  private static Bench filled(String change) throws Exception {
    Bench bench = Bench.logical();
    bench.table("items", ROWS, "");
    bench.submit(change);
    bench.promote(StageName.EXPAND);
    bench.promote(StageName.BACKFILL);
    return bench;
  }

  /** Without waiting for the disk, which is not what is measured. */
  private static Duration updates(Bench bench, int count) throws SQLException {
    try (Connection connection = bench.connect();
        PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      connection.createStatement().execute("SET synchronous_commit = off");
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        statement.setLong(1, i % ROWS + 1);
        statement.executeUpdate();
      }
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** A latch that nobody opens: words are said now and then, not one after another. */
  private static void pause(long milliseconds) throws InterruptedException {
    new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
