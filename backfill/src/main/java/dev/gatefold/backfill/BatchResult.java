package dev.gatefold.backfill;

import dev.gatefold.backfill.lease.Claim;
import dev.gatefold.backfill.lease.LeasedRange;
import dev.gatefold.backfill.range.KeyRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;

/** What came of one transaction of a backfill. */
sealed interface BatchResult {

  <R> R match(Cases<R> cases) throws SQLException, InterruptedException;

  /** One answer for each result. */
  interface Cases<R> {
    R opened(Opened result);

    R claimed(Claimed result) throws InterruptedException;

    R passed(Passed result);

    R asked(Asked result);

    R hindered(Hindered result);

    R rejected(Rejected result) throws SQLException;

    R taken(Taken result);

    R moved(Moved result);

    R ended(Ended result);
  }

  /** It is known of which parts the backfill consists. */
  record Opened() implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /** Rows were asked for. */
  record Claimed(Claim claim) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) throws InterruptedException {
      return cases.claimed(this);
    }
  }

  /**
   * The rows are committed, and that they are.
   *
   * @param range what is left of the worker's range
   * @param rows that are behind it now
   * @param written how many of them had to be
   * @param asked how many rows the batch should have
   * @param whole whether the range had as many
   * @param workers how many have rows now, this one included; empty where nobody needs to know
   * @param took from sending the batch to hearing that it is committed: rows were locked for less
   * @param slept how much of that it slept
   */
  record Passed(
      LeasedRange range,
      long rows,
      long written,
      int asked,
      boolean whole,
      OptionalInt workers,
      Duration took,
      Duration slept)
      implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.passed(this);
    }
  }

  /** Nothing was written, but it might have been. */
  record Asked() implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.asked(this);
    }
  }

  /** Others were in the way; rolled back. */
  record Hindered(SQLException error) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hindered(this);
    }
  }

  /** The server refused some row of the range; rolled back. */
  record Rejected(KeyRange range, SQLException error) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) throws SQLException {
      return cases.rejected(this);
    }
  }

  /** The lease ran out and another worker has the range; rolled back. */
  record Taken() implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.taken(this);
    }
  }

  /**
   * The part is another table, or its rows lie elsewhere; rolled back.
   *
   * @param reason the server's words
   */
  record Moved(String reason) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.moved(this);
    }
  }

  /** The backfill is over. */
  record Ended(BackfillOutcome outcome) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ended(this);
    }
  }
}
