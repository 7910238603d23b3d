package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.verify.PassStore.Numbered;
import dev.gatefold.backfill.verify.PassStore.Point;
import java.sql.SQLException;
import java.time.Duration;

/** What came of one transaction of a verification. */
sealed interface RangeResult {

  <R> R match(Cases<R> cases) throws SQLException, InterruptedException;

  /** One answer for each result. */
  interface Cases<R> {
    R opened(Opened result);

    R compared(Compared result) throws SQLException, InterruptedException;

    R comparedAgain(ComparedAgain result) throws SQLException, InterruptedException;

    R hindered(Hindered result) throws InterruptedException;

    R ended(Ended result);
  }

  /** It is known which keys the pass will cover, and which it has covered. */
  record Opened(Point point) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /**
   * The next rows were compared.
   *
   * @param slept how much of the time it slept
   */
  record Compared(Tally tally, Numbered range, Duration slept) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) throws SQLException, InterruptedException {
      return cases.compared(this);
    }
  }

  /** The rows of a range that had differed were compared once more. */
  record ComparedAgain(Tally tally, Numbered range) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) throws SQLException, InterruptedException {
      return cases.comparedAgain(this);
    }
  }

  /**
   * Others were in the way.
   *
   * @param startOver what was compared so far counts for nothing
   */
  record Hindered(SQLException error, boolean startOver) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) throws SQLException, InterruptedException {
      return cases.hindered(this);
    }
  }

  /** The verification is over. */
  record Ended(Verification outcome) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ended(this);
    }
  }
}
