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

  private static final String NO_ROOM =
      "in the other table another row still has a unique value of it";

  private final RowWriter writer;
  private final KeySql places;

  RowMaker(ApplyJob job) {
    this.writer = RowWriter.inLane(job.comparison(), job.from(), true, job.lane());
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
    writer.empty(connection, patiently);
  }

  /** Whether others may make room for a row at any time. */
  boolean isOneOfSeveral() {
    return writer.isOneOfSeveral();
  }

  private List<BadRow> attempt(Connection connection, List<Key> rows) throws SQLException {
    if (rows.isEmpty()) {
      return List.of();
    }
    Attempt<List<Key>> whole = Savepoints.attempt(connection, on -> written(on, rows));
    Optional<List<Key>> left = whole.match(Optional::of, error -> Optional.empty());
    if (left.isPresent()) {
      return left.get().stream().map(row -> new BadRow(row, NO_ROOM)).toList();
    }
    if (rows.size() == 1) {
      return alone(connection, rows.get(0)).stream().toList();
    }
    int middle = rows.size() / 2;
    List<BadRow> bad = new ArrayList<>(attempt(connection, rows.subList(0, middle)));
    bad.addAll(attempt(connection, rows.subList(middle, rows.size())));
    return bad;
  }

  /** Those for which there is no room yet. */
  private List<Key> written(Connection connection, List<Key> rows) throws SQLException {
    if (writer.isOneOfSeveral()) {
      return writer.writeFitting(connection, places.rows(rows));
    }
    writer.write(connection, places.rows(rows));
    return List.of();
  }

  private Optional<BadRow> alone(Connection connection, Key key) throws SQLException {
    return writer
        .alone(connection, places.rows(List.of(key)))
        .refusal()
        .map(reason -> new BadRow(key, reason));
  }
}
