package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.feed.Feed;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.Reading;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.planner.plan.SessionSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One feed and what applies it, from where the slot is until it is closed or breaks. Applies events
 * by itself until somebody takes over to apply the last ones; then it is of no use but to be
 * closed. Thread-safe, but for one drain at a time.
 */
public final class FeedRun implements Reading {

  private final Connection connection;
  private final Timing timing;
  private final List<SessionSetting> settings;
  private final Transactions transactions;
  private final Applier applier;
  private final Feed feed;
  private final BlockingQueue<List<FeedEvent>> handedOver = new LinkedBlockingQueue<>();
  private volatile boolean stopped;
  private volatile boolean applying;

  private FeedRun(
      Connection connection,
      ApplyJob job,
      FeedRecord record,
      Timing timing,
      boolean drainsOnly,
      Feed.Opener opener)
      throws SQLException {
    this.connection = connection;
    this.stopped = drainsOnly;
    this.timing = timing;
    this.settings = job.settings();
    this.transactions = Transactions.lasting(connection, job.settings());
    this.applier = new Applier(job, record, timing, () -> stopped);
    applier.begin(connection);
    this.feed = opener.open(this::take);
  }

  /**
   * Begins.
   *
   * @param connections for one of its own, which it closes
   */
  public static FeedRun begin(
      Connections connections, ApplyJob job, FeedRecord record, Timing timing, Feed.Opener opener)
      throws SQLException {
    return begin(connections, job, record, timing, false, opener);
  }

  /** The same for one that applies nothing but by {@link #drain}. */
  public static FeedRun toDrain(
      Connections connections, ApplyJob job, FeedRecord record, Timing timing, Feed.Opener opener)
      throws SQLException {
    return begin(connections, job, record, timing, true, opener);
  }

  private static FeedRun begin(
      Connections connections,
      ApplyJob job,
      FeedRecord record,
      Timing timing,
      boolean drainsOnly,
      Feed.Opener opener)
      throws SQLException {
    Connection connection = connections.open();
    try {
      return new FeedRun(connection, job, record, timing, drainsOnly, opener);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private boolean take(List<FeedEvent> events) throws Exception {
    if (events.isEmpty()) {
      return !stopped;
    }
    applying = true;
    try {
      return taken(events);
    } finally {
      applying = false;
    }
  }

  @Override
  public boolean isAtWork() {
    return applying;
  }

  private boolean taken(List<FeedEvent> events) throws Exception {
    Applier.Result result = stopped ? Applier.Result.STOPPED : applier.apply(transactions, events);
    return switch (result) {
      case APPLIED -> true;
      case LOST -> throw new FeedLostException();
      case STOPPED -> {
        handedOver.add(events);
        yield false;
      }
    };
  }

  /** Those of the transactions in which rows are made anew. */
  public List<SessionSetting> settings() {
    return settings;
  }

  @Override
  public CompletableFuture<FeedEnd> end() {
    return feed.end();
  }

  /**
   * From now on nothing is applied but by {@link #drain}. What is not applied then is told again to
   * the next run, and what is, as well.
   */
  public void handOver() {
    stopped = true;
  }

  /**
   * Applies whatever was written up to a word in the log.
   *
   * @param holder in the open transaction that keeps all others from writing the rows
   * @return how many rows have no value by then; empty where the word was not told in time, or the
   *     feed has ended
   */
  public Optional<Integer> drain(Connection holder, String word, Duration within)
      throws SQLException, InterruptedException {
    long end = timing.ticker().nanos() + within.toNanos();
    BooleanSupplier timeIsUp = () -> timing.ticker().nanos() > end;
    while (true) {
      List<FeedEvent> events =
          handedOver.poll(Math.max(0, end - timing.ticker().nanos()), TimeUnit.NANOSECONDS);
      if (events == null || !applier.applyWithin(holder, events, timeIsUp)) {
        return Optional.empty();
      }
      if (events.stream()
          .anyMatch(event -> event instanceof FeedEvent.Said said && said.words().equals(word))) {
        return applier.tryAgainWithin(holder, timeIsUp)
            ? Optional.of(applier.withoutValue())
            : Optional.empty();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    stopped = true;
    feed.close();
    if (!connection.isClosed()) {
      try (connection) {
        transactions.close();
      }
    }
  }
}
