package dev.gatefold.planner.catalog;

import java.sql.SQLException;

/** The type that an author's text stands for. */
final class WrittenType {

  private static final String TYPE =
      """
      SELECT format_type(atttypid, atttypmod)
      FROM pg_attribute
      WHERE attrelid = to_regclass('pg_temp.gatefold_type') AND attnum = 1
      """;

  private WrittenType() {}

  /** As the server writes it; leaves a view behind that the caller takes back. */
  static String read(Session session, String wanted) throws SQLException {
    // In a cast the author's text can be nothing but one type.
    session.executeAsAuthor(
        "CREATE TEMP VIEW gatefold_type AS SELECT CAST(NULL AS\n"
            + wanted
            + "\n) AS gatefold_type");
    return session.one(row -> row.getString(1), TYPE);
  }
}
