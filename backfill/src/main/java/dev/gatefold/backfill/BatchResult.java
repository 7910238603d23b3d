package dev.gatefold.backfill;

import dev.gatefold.backfill.checkpoint.Checkpoint;
import dev.gatefold.backfill.range.KeyRange;
import java.sql.SQLException;
import java.time.Duration;

/** What came of one transaction of a backfill. */
sealed interface BatchResult {

  <R> R match(Cases<R> cases) throws SQLException, InterruptedException;

  /** One answer for each result. */
  interface Cases<R> {
    R opened(Opened result);

    R passed(Passed result) throws InterruptedException;

    R hindered(Hindered result) throws InterruptedException;

    R rejected(Rejected result) throws SQLException, InterruptedException;

    R ended(Ended result);
  }

  /** It is known where to go on. */
  record Opened(Checkpoint checkpoint) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /**
   * Rows and checkpoint are committed.
   *
   * @param took from the start of the UPDATE to the end of the COMMIT: how long rows were locked
   */
  record Passed(Checkpoint checkpoint, long rows, Duration took) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) throws InterruptedException {
      return cases.passed(this);
    }
  }

  /** Others were in the way; rolled back. */
  record Hindered(SQLException error) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) throws InterruptedException {
      return cases.hindered(this);
    }
  }

  /** The server refused some row of the range; rolled back. */
  record Rejected(KeyRange range, SQLException error) implements BatchResult {
    @Override
    public <R> R match(Cases<R> cases) throws SQLException, InterruptedException {
      return cases.rejected(this);
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
