package dev.gatefold.planner.catalog;

import java.sql.SQLException;

/**
 * What Gatefold noted about columns {@code a} that it retired: their comments are its own then, and
 * so are the rights that it lends on other columns. Images leave those out, so that one change does
 * not stumble over what another one does to the same table.
 */
final class OwnNotes {

  static final String ALL_RIGHTS = "SELECT * FROM aclexplode(a.attacl)";

  static final String RIGHTS =
      """
      SELECT e.grantor, e.grantee, e.privilege_type, e.is_grantable AND l.grantee IS NULL AS is_grantable
             FROM aclexplode(a.attacl) e
             LEFT JOIN gatefold.lent_right l
               ON l.table_oid = a.attrelid AND l.attnum = a.attnum AND l.grantee = e.grantee
              AND l.privilege = e.privilege_type
             WHERE l.option_only IS DISTINCT FROM false""";

  /** Those on a table {@code c} as a whole: what rights on columns stand in for is among them. */
  static final String ON_TABLE =
      """
      SELECT * FROM aclexplode(c.relacl)
            UNION
            SELECT c.relowner, d.grantee, d.privilege, d.grantable
            FROM gatefold.denied_right d
            WHERE d.table_oid = c.oid AND d.attnum = 0""";

  static final String ANY_COMMENT = "col_description(a.attrelid, a.attnum)";

  static final String COMMENT =
      """
      (SELECT CASE WHEN count(*) = 0 THEN col_description(a.attrelid, a.attnum)
                            ELSE max(k.comment) END
                FROM gatefold.retired_column k
                WHERE k.table_oid = a.attrelid AND k.attnum = a.attnum)""";

  // Not to_regclass: it is an error where the schema may not be used.
  private static final String READABLE =
      """
      SELECT count(*) = 3
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'gatefold' AND c.relname IN ('retired_column', 'denied_right', 'lent_right')
        AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')""";

  private OwnNotes() {}

  /** Whether there are such notes, and the connected role may read them. */
  static boolean readable(Session session) throws SQLException {
    return session.one(row -> row.getBoolean(1), READABLE);
  }
}
