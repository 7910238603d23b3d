package dev.gatefold.backfill;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Bisection;
import dev.gatefold.backfill.range.Detour;
import dev.gatefold.backfill.range.Detour.Leg;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
   * The rows of a range, and those of them that the server refuses, in order.
   *
   * @param rows by their places; none where the range no longer fails
   * @param named the same in the words of messages
   */
  record Found(KeyRange range, List<Key> keys, List<BadRow> rows, List<BadRow> named) {

    Found {
      keys = List.copyOf(keys);
      rows = List.copyOf(rows);
      named = List.copyOf(named);
    }

    boolean isEmpty() {
      return rows.isEmpty();
    }

    /** The way through the range past the rows. */
    List<Leg> detour() {
      return Detour.past(range, keys, rows.stream().map(BadRow::key).collect(Collectors.toSet()));
    }
  }

  /** The rows in the words of messages. */
  private List<BadRow> named(Connection connection, List<BadRow> rows) throws SQLException {
    List<BadRow> named = new ArrayList<>();
    for (BadRow row : rows) {
      named.add(new BadRow(names.at(connection, row.key()), row.reason()));
    }
    return named;
  }

  /**
   * Looks for all rows that fail; writes nothing.
   *
   * @throws SQLException the given error where not even a range without rows is accepted
   */
  Found find(KeyRange range, SQLException error) throws SQLException {
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
      return new Found(range, all, found, named(connection, found));
    }
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
