package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies events, batch by batch. Not thread-safe. */
final class Applier {

  /** So many rows are locked for a few milliseconds. */
  private static final int MOST_ROWS = 500;

  /** And so many before the time is looked at while others wait. */
  private static final int SLICE = 100;

  /** Rows without a value are tried again so often, and no more than so many at a time. */
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

  /** Where another one of several has but to follow the other of two rows. */
  private static final Duration BETWEEN_TRIALS_OF_SEVERAL = Duration.ofMillis(100);

  private static final int MOST_TRIED_AGAIN = 100;

  /** A commit is seen a moment after it is in the log, unless it waits for a standby. */
  private static final Duration MOMENT = Duration.ofMillis(1);

  private static final BoundStatement SNAPSHOT =
      BoundStatement.of("SELECT pg_catalog.pg_current_snapshot()::text");

  private final RowMaker maker;
  private final FeedRecord record;
  private final Timing timing;
  private final BooleanSupplier stopped;
  private final boolean goneToo;
  private final Duration betweenTrials;
  private final Set<Key> withoutValue = new LinkedHashSet<>();
  private long triedAgain;

  /** {@code stopped} says whether it is to leave what it has not applied yet. */
  Applier(ApplyJob job, FeedRecord record, Timing timing, BooleanSupplier stopped) {
    this.maker = new RowMaker(job);
    this.betweenTrials = maker.isOneOfSeveral() ? BETWEEN_TRIALS_OF_SEVERAL : BETWEEN_TRIALS;
    this.goneToo = job.rows().copy().isPresent();
    this.record = record;
    this.timing = timing;
    this.stopped = stopped;
    this.triedAgain = timing.ticker().nanos();
  }

  /** Looks up what earlier ones left. */
  void begin(Connection connection) throws SQLException {
    withoutValue.addAll(record.pending(connection));
  }

  /** How a batch of events went. */
  enum Result {
    APPLIED,
    /** It was to stop; some or all of them are not applied. */
    STOPPED,
    /** Another one reads the feed by now. */
    LOST
  }

  /** Applies some events in transactions of its own. */
  Result apply(Transactions transactions, List<FeedEvent> events)
      throws SQLException, InterruptedException {
    if (!seen(transactions, transactionsOf(events))) {
      return Result.STOPPED;
    }
    Reached reached = Reached.by(events);
    Told rest = told(events);
    Obstinacy obstinacy = new Obstinacy(timing, stopped, MOST_ROWS);
    while (!stopped.getAsBoolean()) {
      Told batch = rest.first(obstinacy.rows());
      boolean last = batch.rows().size() == rest.rows().size();
      try {
        if (!one(transactions, batch, last ? Optional.of(reached) : Optional.empty())) {
          return Result.LOST;
        }
        if (last) {
          return triedAgain(transactions) ? Result.APPLIED : Result.LOST;
        }
        obstinacy.succeeded();
        rest = rest.after(batch);
      } catch (SQLException e) {
        if (Failure.of(e) != Failure.BUSY) {
          throw e;
        }
        obstinacy.hindered();
      }
    }
    return Result.STOPPED;
  }

  /**
   * Applies some events in the open transaction of whoever holds a lock that keeps all others from
   * writing the rows. It is of no use afterwards.
   *
   * @return false where the time was up before all were
   */
  boolean applyWithin(Connection connection, List<FeedEvent> events, BooleanSupplier timeIsUp)
      throws SQLException {
    return makeWithin(connection, told(events), timeIsUp);
  }

  /** The same for rows that have no value: there may be room by now. */
  boolean tryAgainWithin(Connection connection, BooleanSupplier timeIsUp) throws SQLException {
    int before;
    do {
      before = withoutValue.size();
      if (!makeWithin(connection, new Told(false, List.copyOf(withoutValue)), timeIsUp)) {
        return false;
      }
      // One that has its value now may have made room for another.
    } while (!withoutValue.isEmpty() && withoutValue.size() < before);
    return true;
  }

  private boolean makeWithin(Connection connection, Told told, BooleanSupplier timeIsUp)
      throws SQLException {
    if (told.emptied() && maker.isOneOfSeveral()) {
      // Which would look at all copies: they do it beside traffic.
      return false;
    }
    Told rest = told;
    while (!rest.isNothing()) {
      if (timeIsUp.getAsBoolean()) {
        return false;
      }
      Told slice = rest.first(SLICE);
      remember(make(connection, slice, false));
      rest = rest.after(slice);
    }
    return true;
  }

  private void remember(Made made) {
    made.settled().forEach(withoutValue::remove);
    withoutValue.addAll(made.failed());
  }

  /** Rows that have no value by now. */
  int withoutValue() {
    return withoutValue.size();
  }

  private boolean one(Transactions transactions, Told batch, Optional<Reached> reached)
      throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      Connection connection = transaction.connection();
      Made made = new Made(List.of(), List.of());
      if (!batch.isNothing()) {
        if (!record.announce(connection)) {
          return false;
        }
        made = make(connection, batch, true);
      }
      if (reached.isPresent()
          && !record.passed(connection, reached.get().position(), reached.get().heard())) {
        return false;
      }
      transaction.commit();
      remember(made);
      return true;
    }
  }

  /** How far a batch of events goes, and the last word of ours in it. */
  private record Reached(FeedPosition position, Optional<FeedEvent.Said> heard) {

    static Reached by(List<FeedEvent> events) {
      Optional<FeedEvent.Said> heard = Optional.empty();
      for (FeedEvent event : events) {
        if (event instanceof FeedEvent.Said said) {
          heard = Optional.of(said);
        }
      }
      return new Reached(events.get(events.size() - 1).position(), heard);
    }
  }

  private record Made(List<Key> failed, List<Key> settled) {}

  private Made make(Connection connection, Told told, boolean patiently) throws SQLException {
    Set<Key> gone = Set.of();
    if (told.emptied()) {
      maker.empty(connection, patiently);
      // Of several one may be ahead, and its row be one that came after it.
      gone = maker.isOneOfSeveral() ? Set.of() : Set.copyOf(withoutValue);
    }
    List<BadRow> bad = maker.make(connection, told.rows(), patiently);
    Set<Key> failed = bad.stream().map(BadRow::key).collect(Collectors.toSet());
    for (BadRow row : bad) {
      record.pending(connection, row);
    }
    List<Key> settled =
        Stream.concat(gone.stream(), told.rows().stream().filter(withoutValue::contains))
            .filter(row -> !failed.contains(row))
            .distinct()
            .toList();
    if (!settled.isEmpty()) {
      record.settled(connection, settled);
    }
    return new Made(List.copyOf(failed), settled);
  }

  private Told told(List<FeedEvent> events) {
    return Told.by(events, goneToo, !maker.isOneOfSeveral());
  }

  /**
   * Now and then those that have no value, in turn: there may be room by now. Whoever is in the way
   * is left alone.
   */
  private boolean triedAgain(Transactions transactions) throws SQLException {
    long now = timing.ticker().nanos();
    if (withoutValue.isEmpty() || now - triedAgain < betweenTrials.toNanos()) {
      return true;
    }
    triedAgain = now;
    List<Key> some = withoutValue.stream().limit(MOST_TRIED_AGAIN).toList();
    // To the end of the queue, where those come back that fail again.
    some.forEach(withoutValue::remove);
    withoutValue.addAll(some);
    try {
      return one(transactions, new Told(false, some), Optional.empty());
    } catch (SQLException e) {
      if (Failure.of(e) != Failure.BUSY) {
        throw e;
      }
      return true;
    }
  }

  private static Set<Long> transactionsOf(List<FeedEvent> events) {
    Set<Long> numbers = new HashSet<>();
    for (FeedEvent event : events) {
      if (event instanceof FeedEvent.OfApplication work) {
        numbers.add(work.transaction());
      }
    }
    return numbers;
  }

  /**
   * Waits until all of them are seen: computed from a row as it was before one of them, a value
   * would be right for a moment, and nothing would come to mend it.
   */
  private boolean seen(Transactions transactions, Set<Long> numbers)
      throws SQLException, InterruptedException {
    while (!numbers.isEmpty()) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      Visibility visibility = visibility(transactions);
      numbers.removeIf(visibility::sees);
      if (!numbers.isEmpty()) {
        timing.sleeper().sleep(MOMENT);
      }
    }
    return true;
  }

  private static Visibility visibility(Transactions transactions) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      return SNAPSHOT.query(
          transaction.connection(),
          rows -> {
            if (!rows.next()) {
              throw new IllegalStateException("the server told no snapshot");
            }
            return Visibility.of(rows.getString(1));
          });
    }
  }
}
