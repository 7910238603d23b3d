package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads answers that have one row. */
final class Rows {

  private Rows() {}

  /** The whole number that is all of the answer. */
  static long number(ResultSet rows) throws SQLException {
    return one(rows).getLong(1);
  }

  /** Moves to the only row. */
  static ResultSet one(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw new SQLException("the server answered no row");
    }
    return rows;
  }

  /** Who we are, as a GRANT names it. */
  static String role(Connection connection) throws SQLException {
    return BoundStatement.of("SELECT quote_ident(current_user)")
        .query(connection, rows -> one(rows).getString(1));
  }
}
