package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.copy.CopySql;
import dev.gatefold.backfill.copy.CopyTurn;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.Attempt;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Savepoints;
import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.TableCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Writes the copies of rows in another table. A key is looked up in the table of the originals; the
 * copy is made like what is found there, or taken away where nothing is. Immutable and thread-safe.
 */
final class CopyWriter implements RowWriter {

  private static final String LOCK_TIMEOUT = "50ms";

  private final CopySql sql;
  private final KeyReader keys;
  private final RowMapping rows;
  private final boolean clears;
  private final OptionalInt lane;
  private final boolean several;

  CopyWriter(RowMapping rows, Side from, boolean clears, OptionalInt lane) {
    this.sql = new CopySql(from == Side.OLD ? rows : rows.mirrored().orElseThrow());
    this.keys = new KeyReader(new KeySql(rows));
    this.rows = rows;
    this.clears = clears;
    this.lane = lane;
    this.several = rows.copy().map(TableCopy::lanes).orElse(1) > 1;
  }

  @Override
  public void begin(Connection connection, boolean patiently) throws SQLException {
    BoundStatement turn =
        lane.isPresent() ? CopyTurn.alone(rows, lane.getAsInt()) : CopyTurn.alone(rows);
    run(connection, turn, patiently);
  }

  private static void run(Connection connection, BoundStatement statement, boolean patiently)
      throws SQLException {
    (patiently ? CopyTurn.patiently(statement, LOCK_TIMEOUT) : statement).run(connection);
  }

  @Override
  public List<Key> write(Connection connection, BoundStatement rows) throws SQLException {
    Set<Key> written = new LinkedHashSet<>(keys.answered(connection, sql.stale(rows)));
    written.addAll(keys.answered(connection, sql.missing(rows)));
    return List.copyOf(written);
  }

  @Override
  public List<Key> writeFitting(Connection connection, BoundStatement rows) throws SQLException {
    sql.stale(rows).run(connection);
    sql.fitting(rows).run(connection);
    return keys.answered(connection, sql.uncopied(rows));
  }

  @Override
  public boolean isOneOfSeveral() {
    return several;
  }

  @Override
  public Result alone(Connection connection, BoundStatement row) throws SQLException {
    Attempt<List<Key>> whole = Savepoints.attempt(connection, on -> write(on, row));
    Optional<String> refusal =
        whole.match(written -> Optional.empty(), error -> Optional.of(Failure.reason(error)));
    if (refusal.isPresent() && clears) {
      // What stands there is the copy of a row that is no more.
      sql.stale(row).run(connection);
    }
    return new Result(whole.match(written -> !written.isEmpty(), error -> false), refusal);
  }

  @Override
  public void empty(Connection connection, boolean patiently) throws SQLException {
    run(connection, CopyTurn.alone(rows), patiently);
    // Others may be ahead of us, and have followed what came after it.
    if (several
        && !sql.noOriginals().query(connection, found -> found.next() && found.getBoolean(1))) {
      sql.strays().run(connection);
    } else {
      run(connection, sql.none(), patiently);
    }
  }
}
