package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.KeyRange;
import java.sql.SQLException;
import java.util.Optional;

/** What came of one transaction of a repair. */
sealed interface MendResult {

  <R> R match(Cases<R> cases) throws InterruptedException;

  /** One answer for each result. */
  interface Cases<R> {
    R mended(Mended result);

    R split(Split result);

    R hindered(Hindered result) throws InterruptedException;

    R ended(Ended result);
  }

  /**
   * The rows that could be repaired are, and it is committed.
   *
   * @param failed a row alone of which some value cannot be computed or written
   */
  record Mended(KeyRange range, long rows, Optional<BadRow> failed) implements MendResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.mended(this);
    }
  }

  /** Some row among so many cannot be computed or written; rolled back. */
  record Split(long rows) implements MendResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.split(this);
    }
  }

  /** Others were in the way; rolled back. */
  record Hindered(SQLException error) implements MendResult {
    @Override
    public <R> R match(Cases<R> cases) throws InterruptedException {
      return cases.hindered(this);
    }
  }

  /** The repair is over, and with it the pass. */
  record Ended(Verification outcome) implements MendResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ended(this);
    }
  }
}
