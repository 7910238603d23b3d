package dev.gatefold.backfill;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Bisection;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.range.RowNames;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Savepoints;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Names the rows for which the server refused a batch. Not thread-safe. */
final class Culprits {

  private final BatchSql sql;
  private final KeyReader keys;
  private final RowNames names;
  private final Transactions transactions;

  Culprits(PartRows part, Transactions transactions) {
    this.sql = part.sql();
    this.keys = new KeyReader(new KeySql(part.mapping()));
    this.names = new RowNames(part.mapping());
    this.transactions = transactions;
  }

  /**
   * What was found in a range.
   *
   * @param places of all its rows, in order
   * @param rows those that the server refuses, in order, in the words of messages by their places;
   *     none where the range no longer fails
   */
  record Found(KeyRange range, List<Key> places, Map<Key, BadRow> rows) {}

  /**
   * Looks for all rows that fail; writes nothing.
   *
   * @throws SQLException the given error where not even a range without rows is accepted
   */
  Found find(KeyRange range, SQLException error) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      Connection connection = transaction.connection();
      // With naps, so that all that any batch needs is asked for.
      if (fault(connection, sql.update(range.nothing(), Breath.writing(0.5))).isPresent()) {
        throw error;
      }
      List<Key> all = keys.all(connection, range);
      List<BadRow> computed = bisected(connection, range, all, sql::evaluation);
      // Only the write itself meets constraints, the column's length and the users' triggers. It
      // comes second since its attempts leave dead rows behind.
      List<BadRow> found =
          computed.isEmpty() ? bisected(connection, range, all, this::update) : computed;
      Map<Key, BadRow> named = new LinkedHashMap<>();
      for (BadRow row : found) {
        named.put(row.key(), new BadRow(names.at(connection, row.key()), row.reason()));
      }
      return new Found(range, all, named);
    }
  }

  private BoundStatement update(KeyRange range) {
    return sql.update(range, Breath.HELD);
  }

  private static List<BadRow> bisected(
      Connection connection,
      KeyRange range,
      List<Key> keys,
      Function<KeyRange, BoundStatement> statement)
      throws SQLException {
    return Bisection.find(range.after(), keys, part -> fault(connection, statement.apply(part)));
  }

  private static Optional<String> fault(Connection connection, BoundStatement statement)
      throws SQLException {
    return Savepoints.dryRun(
            connection,
            on -> {
              statement.run(on);
              return true;
            })
        .match(accepted -> Optional.empty(), error -> Optional.of(Failure.reason(error)));
  }
}
