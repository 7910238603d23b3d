package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.Attempt;
import dev.gatefold.backfill.session.Savepoints;
import dev.gatefold.backfill.verify.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one shape of some rows anew, in the caller's transaction. Immutable and thread-safe. */
final class RowMaker {

  private final RowWriter writer;
  private final KeySql places;

  RowMaker(ApplyJob job) {
    this.writer = RowWriter.of(job.comparison(), job.from(), true);
    this.places = new KeySql(job.rows());
  }

  /**
   * Makes the rows anew that are not right.
   *
   * @param patiently whether there is time: no application waits for the transaction
   * @return those for which there is no value: they have none now
   */
  List<BadRow> make(Connection connection, List<Key> rows, boolean patiently) throws SQLException {
    writer.begin(connection, patiently);
    List<BadRow> bad = attempt(connection, rows);
    int before = rows.size();
    // Of two rows that have traded unique values the second makes room for the first.
    while (!bad.isEmpty() && bad.size() < before) {
      before = bad.size();
      bad = attempt(connection, bad.stream().map(BadRow::key).toList());
    }
    return bad;
  }

  /** All rows are gone that nothing is told of afterwards. */
  void empty(Connection connection, boolean patiently) throws SQLException {
    writer.begin(connection, patiently);
    writer.empty(connection, patiently);
  }

  private List<BadRow> attempt(Connection connection, List<Key> rows) throws SQLException {
    if (rows.isEmpty()) {
      return List.of();
    }
    Attempt<List<Key>> whole =
        Savepoints.attempt(connection, on -> writer.write(on, places.rows(rows)));
    if (whole.match(written -> true, error -> false)) {
      return List.of();
    }
    if (rows.size() == 1) {
      return alone(connection, rows.get(0)).stream().toList();
    }
    int middle = rows.size() / 2;
    List<BadRow> bad = new ArrayList<>(attempt(connection, rows.subList(0, middle)));
    bad.addAll(attempt(connection, rows.subList(middle, rows.size())));
    return bad;
  }

  private Optional<BadRow> alone(Connection connection, Key key) throws SQLException {
    return writer
        .alone(connection, places.rows(List.of(key)))
        .refusal()
        .map(reason -> new BadRow(key, reason));
  }
}
