package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.KeyRange;
import java.sql.SQLException;

/** What came of one transaction of a verification. */
sealed interface RangeResult {

  <R> R match(Cases<R> cases) throws InterruptedException;

  /** One answer for each result. */
  interface Cases<R> {
    R opened(Opened result);

    R compared(Compared result);

    R hindered(Hindered result) throws InterruptedException;

    R ended(Ended result);
  }

  /** It is known which keys the pass will cover. */
  record Opened(KeyRange rest) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /**
   * Some rows were compared.
   *
   * @param rest the keys that are left
   */
  record Compared(Tally tally, KeyRange rest) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.compared(this);
    }
  }

  /**
   * Others were in the way.
   *
   * @param startOver what was compared so far counts for nothing
   */
  record Hindered(SQLException error, boolean startOver) implements RangeResult {
    @Override
    public <R> R match(Cases<R> cases) throws InterruptedException {
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
