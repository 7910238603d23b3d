package dev.gatefold.backfill;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Bisection;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Savepoints;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Names the rows for which the server refused a batch. Not thread-safe. */
final class Culprits {

  /** How many rows are named at most. */
  static final int LIMIT = 10;

  private final BatchSql sql;
  private final KeyReader keys;
  private final Ranges ranges;
  private final Transactions transactions;

  Culprits(BackfillJob job, Transactions transactions) {
    this.sql = new BatchSql(job.rows(), job.keepNew());
    this.keys = new KeyReader(new KeySql(job.rows()));
    this.ranges = Ranges.of(job.rows());
    this.transactions = transactions;
  }

  /**
   * Looks for the rows; writes nothing.
   *
   * @return empty where the range no longer fails
   * @throws SQLException the given error where not even a range without rows is accepted
   */
  List<BadRow> find(KeyRange range, SQLException error) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      Connection connection = transaction.connection();
      if (fault(connection, sql.update(range.nothing())).isPresent()) {
        throw error;
      }
      List<Key> all = keys.all(connection, range);
      List<BadRow> computed = bisected(connection, range, all, sql::evaluation);
      // Only the write itself meets constraints, the column's length and the users' triggers. It
      // comes second since its attempts leave dead rows behind.
      List<BadRow> found =
          computed.isEmpty() ? bisected(connection, range, all, sql::update) : computed;
      return found.stream().map(row -> new BadRow(ranges.named(row.key()), row.reason())).toList();
    }
  }

  private static List<BadRow> bisected(
      Connection connection,
      KeyRange range,
      List<Key> keys,
      Function<KeyRange, BoundStatement> statement)
      throws SQLException {
    return Bisection.find(
        range.after(), keys, part -> fault(connection, statement.apply(part)), LIMIT);
  }

  private static Optional<String> fault(Connection connection, BoundStatement statement)
      throws SQLException {
    return Savepoints.dryRun(
            connection,
            on -> {
              statement.run(on);
              return true;
            })
        .match(accepted -> Optional.empty(), error -> Optional.of(Failure.sentence(error)));
  }
}
