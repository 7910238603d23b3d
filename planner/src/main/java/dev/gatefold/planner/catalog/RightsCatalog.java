package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Rights;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the privileges on a table that columns have, too. */
final class RightsCatalog {

  private static final String OWNER =
      "SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = ?::oid";

  private static final String GRANTS =
      """
      SELECT g.privilege_type, g.is_grantable, g.grantor = c.relowner AS by_owner,
             CASE WHEN g.grantee = 0 THEN 'PUBLIC'
                  ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee
      FROM pg_class c
      CROSS JOIN LATERAL (%s) AS g
      WHERE c.oid = ?::oid AND g.grantee <> c.relowner
        AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
      ORDER BY grantee, g.privilege_type
      """;

  private final Session session;

  RightsCatalog(Session session) {
    this.session = session;
  }

  Rights read(long table) throws SQLException {
    String source =
        OwnNotes.readable(session) ? OwnNotes.ON_TABLE : "SELECT * FROM aclexplode(c.relacl)";
    return new Rights(
        session.one(row -> row.getString(1), OWNER, table),
        session.list(RightsCatalog::grant, GRANTS.formatted(source), table));
  }

  /** Of a row that says privilege, grantee and the rest under these names. */
  static Column.Grant grant(ResultSet row) throws SQLException {
    return new Column.Grant(
        row.getString("privilege_type"),
        row.getString("grantee"),
        row.getBoolean("is_grantable"),
        row.getBoolean("by_owner"));
  }
}
