package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.session.Attempt;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Savepoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Writes one row anew of which some value cannot be computed or written: whatever can be is. In the
 * caller's transaction. Immutable and thread-safe.
 */
final class RowRepair {

  private final RepairSql sql;
  private final boolean clears;

  /** {@code clears} where a group of columns that cannot be written is to hold no value at all. */
  RowRepair(RepairSql sql, boolean clears) {
    this.sql = sql;
    this.clears = clears;
  }

  /** {@code row} is the condition for it, with its parameters. */
  RowWriter.Result of(Connection connection, BoundStatement row) throws SQLException {
    sql.lock(row).run(connection);
    RowWriter.Result result = new RowWriter.Result(false, Optional.empty());
    List<List<BoundStatement>> groups = sql.proofs(row);
    for (int group = 0; group < groups.size(); group++) {
      if (!isRight(connection, groups.get(group))) {
        result = written(connection, group, row, result);
      }
    }
    return result;
  }

  private RowWriter.Result written(
      Connection connection, int group, BoundStatement row, RowWriter.Result before)
      throws SQLException {
    boolean written = before.written();
    Optional<String> refusal = before.refusal();
    for (BoundStatement update : sql.update(group, row)) {
      Optional<String> refused = refused(connection, update);
      refusal = refusal.or(() -> refused);
      written |= refused.isEmpty();
      if (refused.isPresent() && clears) {
        // What stands there is the image of a value that is no more.
        for (BoundStatement clear : sql.clear(group, row)) {
          clear.run(connection);
        }
      }
    }
    return new RowWriter.Result(written, refusal);
  }

  private static boolean isRight(Connection connection, List<BoundStatement> proofs)
      throws SQLException {
    for (BoundStatement proof : proofs) {
      Attempt<Boolean> holds =
          Savepoints.dryRun(
              connection, on -> proof.query(on, rows -> rows.next() && rows.getBoolean(1)));
      if (holds.match(it -> it, error -> false)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> refused(Connection connection, BoundStatement update)
      throws SQLException {
    return Savepoints.attempt(
            connection,
            on -> {
              update.run(on);
              return true;
            })
        .match(written -> Optional.empty(), error -> Optional.of(Failure.reason(error)));
  }
}
