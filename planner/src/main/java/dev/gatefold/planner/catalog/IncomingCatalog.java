package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.IncomingForeignKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the foreign keys that point to a table. */
final class IncomingCatalog {

  private static final String INCOMING =
      """
      SELECT c.oid, c.conname, n.nspname, r.relname, c.conrelid, c.convalidated,
             r.relkind = 'r' AND NOT r.relispartition AND c.conparentid = 0 AS ordinary,
             pg_has_role(r.relowner, 'USAGE') AS owned,
             ARRAY(SELECT a.attname::text
                   FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
                   JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
                   ORDER BY k.place) AS child_columns,
             c.confkey::int[] AS columns,
             CASE WHEN c.conrelid = c.confrelid THEN c.conkey::int[] ELSE '{}' END AS own_columns,
             obj_description(c.oid, 'pg_constraint') AS comment
      FROM pg_constraint c
      JOIN pg_class r ON r.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      WHERE c.confrelid = ?::oid AND c.contype = 'f'
      ORDER BY n.nspname, r.relname, c.conname
      """;

  private final Session session;

  IncomingCatalog(Session session) {
    this.session = session;
  }

  List<IncomingForeignKey> read(long table) throws SQLException {
    return session.list(IncomingCatalog::foreignKey, INCOMING, table);
  }

  private static IncomingForeignKey foreignKey(ResultSet row) throws SQLException {
    return new IncomingForeignKey(
        row.getLong("oid"),
        new Identifier(row.getString("conname")),
        new TableName(
            new Identifier(row.getString("nspname")), new Identifier(row.getString("relname"))),
        row.getLong("conrelid"),
        row.getBoolean("ordinary"),
        row.getBoolean("owned"),
        Arrays.stream((String[]) row.getArray("child_columns").getArray())
            .map(Identifier::new)
            .toList(),
        Session.numbers(row, "columns"),
        Session.numbers(row, "own_columns"),
        row.getBoolean("convalidated"),
        Optional.ofNullable(row.getString("comment")));
  }
}
