package dev.gatefold.backfill.feed;

import java.sql.SQLException;
import java.util.List;

/** Who applies lanes in this process. Called by one thread, but for {@link #stop}. */
public interface LaneCrew extends AutoCloseable {

  /**
   * Takes a lane, from where it was left.
   *
   * @param first the number of the first event that there is
   */
  Lane take(int lane, long first) throws SQLException;

  /** Lets it leave what it has not applied yet. */
  void stop();

  @Override
  void close() throws SQLException;

  /** Whoever applies one of them. */
  interface Lane {

    /** The number of the first event that is not applied. */
    long next();

    /**
     * Applies events.
     *
     * @param next the number behind them, which is kept in the transaction that applies them
     * @return false where another one applies the lane by now, or it is to stop: they are told
     *     again to whoever takes it
     */
    boolean apply(List<FeedEvent> events, long next) throws SQLException, InterruptedException;
  }
}
