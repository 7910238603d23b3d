package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares the rows of one range, now and then, while nothing else is done. A range that is right
 * says nothing about the others, one that is not says enough. Not thread-safe.
 */
public final class Sampler {

  /** Rows behind the end of the last pass that are looked at, at most. */
  private static final int NEWER = 10_000;

  private final BatchFence fence;
  private final VerificationJob job;
  private final Ranges ranges;

  public Sampler(BatchFence fence, VerificationJob job) {
    this.fence = fence;
    this.job = job;
    this.ranges = Ranges.of(job.rows());
  }

  /** Keeps what was found, in the transaction that compared the rows. */
  @FunctionalInterface
  public interface Log {
    void sampled(Connection connection, KeyRange range, Tally tally) throws SQLException;
  }

  /** Looks at a range that a pass has compared. */
  public void range(Connection connection, KeyRange range, Log log) throws SQLException {
    compare(connection, on -> Optional.of(range), log);
  }

  /** Looks at rows behind the place where a pass ended. */
  public void behind(Connection connection, Key end, Log log) throws SQLException {
    compare(connection, on -> newer(on, end), log);
  }

  private Optional<KeyRange> newer(Connection connection, Key end) throws SQLException {
    Optional<Key> last = ranges.end(connection);
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ranges.slice(connection, new KeyRange(Optional.of(end), last.get()), NEWER).range());
  }

  private interface Choice {
    Optional<KeyRange> of(Connection connection) throws SQLException;
  }

  /** Whoever is in the way has the right of way: there will be another sample. */
  private void compare(Connection connection, Choice choice, Log log) throws SQLException {
    try (Transactions transactions = Transactions.on(connection, List.of());
        Transaction transaction = transactions.begin()) {
      Connection on = transaction.connection();
      boolean mine = fence.check(on).match(() -> true, paused -> false, lost -> false);
      Optional<KeyRange> range = mine ? choice.of(on) : Optional.empty();
      if (range.isEmpty()) {
        return;
      }
      Tally tally = new RangeCheck(on, job, Breath.HELD).compare(range.get());
      if (TableIdentity.read(on, job.rows()).isPresent() && ranges.objection(on).isEmpty()) {
        log.sampled(on, range.get(), tally.listed());
        transaction.commit();
      }
    } catch (SQLException e) {
      if (Failure.of(e) != Failure.BUSY && !Failure.isMissingObject(e)) {
        throw e;
      }
    }
  }
}
