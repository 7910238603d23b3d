package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes columns of the row from others of it. Immutable and thread-safe. */
final class ColumnWriter implements RowWriter {

  private final RepairSql sql;
  private final KeyReader keys;
  private final RowRepair row;

  ColumnWriter(VerificationJob job, Repair.Side from, boolean clears) {
    this.sql = new RepairSql(job, from);
    this.keys = new KeyReader(new KeySql(job.rows()));
    this.row = new RowRepair(sql, clears);
  }

  /** The lock on the row does. */
  @Override
  public void begin(Connection connection, boolean patiently) {}

  @Override
  public List<Key> write(Connection connection, BoundStatement rows) throws SQLException {
    return keys.answered(connection, sql.update(rows));
  }

  @Override
  public List<Key> writeFitting(Connection connection, BoundStatement rows) throws SQLException {
    write(connection, rows);
    return List.of();
  }

  @Override
  public boolean isOneOfSeveral() {
    return false;
  }

  @Override
  public Result alone(Connection connection, BoundStatement one) throws SQLException {
    return row.of(connection, one);
  }

  /** The columns went with their rows. */
  @Override
  public void empty(Connection connection, boolean patiently) {}
}
