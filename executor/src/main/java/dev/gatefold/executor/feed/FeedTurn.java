package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.apply.FeedRun;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to turn a feed round: what is left of it is applied by whoever keeps the applications
 * from writing more. Not thread-safe.
 */
public final class FeedTurn implements AutoCloseable {

  /** How long applications may wait for it. */
  private static final Duration UNDER_LOCK = Duration.ofSeconds(1);

  /** With more rows that have no value it would take longer to try them all again. */
  private static final long MOST_PENDING = 100;

  private final FeedStore store = new FeedStore();
  private final FeedRest rest;
  private final Made made;
  private final Connection voice;
  private final Timing timing;

  private FeedTurn(FeedRest rest, Made made, Connection voice, Timing timing) {
    this.rest = rest;
    this.made = made;
    this.voice = voice;
    this.timing = timing;
  }

  /** Has a connection of its own ready, which it closes. */
  static FeedTurn of(FeedRest rest, Made made, Connection voice, Timing timing)
      throws SQLException {
    FeedTurn turn = new FeedTurn(rest, made, voice, timing);
    try {
      // Under the lock nobody may have to wait for a standby, nor for a server that does not
      // answer.
      Query.of(
              """
              SELECT set_config('synchronous_commit', 'local', false),
                     set_config('statement_timeout', ?, false)""",
              UNDER_LOCK.toMillis() + "ms")
          .first(voice, row -> true);
      return turn;
    } catch (SQLException e) {
      rest.close();
      throw e;
    }
  }

  /** Why it is not even to be tried; empty where it is. */
  public Optional<String> hopeless() throws SQLException {
    long pending = store.pending(voice, made);
    return pending > MOST_PENDING ? Optional.of(words(pending, voice)) : Optional.empty();
  }

  /**
   * Applies the rest.
   *
   * @param holder in the open transaction that holds the lock
   * @return why it must not go on; empty where nothing is left
   * @throws FeedLateException where others would have to wait too long
   */
  public Optional<String> drain(Connection holder) throws SQLException, InterruptedException {
    long end = timing.ticker().nanos() + UNDER_LOCK.toNanos();
    FeedRun run =
        rest.run(UNDER_LOCK)
            .orElseThrow(
                () ->
                    new FeedLateException(
                        made.feed().rows().table() + ": its change feed begins anew"));
    String word = "drain " + UUID.randomUUID();
    store.say(voice, made.slot(), word);
    try (Transactions.Borrowed settings = Transactions.borrow(holder, run.settings())) {
      Optional<Integer> left = run.drain(settings.connection(), word, left(end));
      if (left.isEmpty()) {
        throw new FeedLateException(
            "%s: its change feed is more than %d ms behind"
                .formatted(made.feed().rows().table(), UNDER_LOCK.toMillis()));
      }
      return left.get() == 0 ? Optional.empty() : Optional.of(words(left.get(), holder));
    }
  }

  private Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - timing.ticker().nanos()));
  }

  private String words(long rows, Connection connection) throws SQLException {
    return "%d rows of %s have no value in the shape that follows: %s"
        .formatted(rows, made.feed().rows().table(), store.pendingWords(connection, made));
  }

  /** Whatever became of it, the feed goes on, with the names and the direction of now. */
  @Override
  public void close() throws SQLException {
    try (voice) {
      rest.close();
    }
  }
}
