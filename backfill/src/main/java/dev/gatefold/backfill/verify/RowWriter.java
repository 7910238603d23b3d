package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes one shape of rows anew from the other, in the caller's transaction. Which rows is a
 * condition that {@link KeySql} makes. Immutable and thread-safe.
 */
public interface RowWriter {

  /** {@code clears} where what cannot be written is to hold no value at all. */
  static RowWriter of(VerificationJob job, Repair.Side from, boolean clears) {
    return inLane(job, from, clears, OptionalInt.empty());
  }

  /** One that writes none but rows of one lane. */
  static RowWriter inLane(VerificationJob job, Repair.Side from, boolean clears, OptionalInt lane) {
    return job.rows().copy().isPresent()
        ? new CopyWriter(job.rows(), from, clears, lane)
        : new ColumnWriter(job, from, clears);
  }

  /**
   * Sees to it that nobody else of ours writes that shape until the transaction ends.
   *
   * @param patiently whether there is time: no application waits for this transaction
   */
  void begin(Connection connection, boolean patiently) throws SQLException;

  /**
   * Writes those that are not right: all of them, or it fails.
   *
   * @return those that it has written, in no order
   */
  List<Key> write(Connection connection, BoundStatement rows) throws SQLException;

  /**
   * The same where others write rows of theirs at the same time, and may have to make room: it
   * writes those that fit.
   *
   * @return those that do not
   */
  List<Key> writeFitting(Connection connection, BoundStatement rows) throws SQLException;

  /** Whether others do. */
  boolean isOneOfSeveral();

  /** Writes as much as can be of a row that cannot be written among others. */
  Result alone(Connection connection, BoundStatement row) throws SQLException;

  /**
   * All rows were taken away from the other shape, whatever has come to it since. To be called
   * before anything else is written.
   */
  void empty(Connection connection, boolean patiently) throws SQLException;

  /**
   * What became of a row.
   *
   * @param written whether anything was
   * @param refusal why something was not
   */
  record Result(boolean written, Optional<String> refusal) {}
}
