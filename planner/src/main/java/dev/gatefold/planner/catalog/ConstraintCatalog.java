package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the constraints of a table, and the foreign keys that point to it. */
final class ConstraintCatalog {

  // The column number 0 stands for the whole row.
  // A foreign key of the table to itself is both its own and an incoming one. What a partition has
  // from above is carried with the constraint that it belongs to.
  private static final String CONSTRAINTS =
      """
      SELECT c.conname, c.convalidated, side.kind,
             coalesce(side.columns, '{}')::int[] AS columns,
             rn.nspname AS referenced_schema, r.relname AS referenced_name,
             CASE WHEN c.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED'
                  WHEN c.condeferrable THEN 'DEFERRABLE' ELSE '' END AS deferral,
             pg_get_constraintdef(c.oid) AS definition,
             obj_description(c.oid, 'pg_constraint') AS comment
      FROM pg_constraint c
      CROSS JOIN LATERAL (
        SELECT CASE WHEN 0 = ANY (c.conkey)
                    THEN ARRAY(SELECT a.attnum FROM pg_attribute a
                               WHERE a.attrelid = c.conrelid AND a.attnum > 0
                                 AND NOT a.attisdropped)
                    ELSE c.conkey END AS columns,
               CASE c.contype WHEN 'c' THEN 'CHECK' WHEN 'u' THEN 'UNIQUE'
                              WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'f' THEN 'FOREIGN_KEY'
                              WHEN 'x' THEN 'EXCLUSION' WHEN 'n' THEN 'NOT_NULL'
                              ELSE 'OTHER' END AS kind
        WHERE c.conrelid = ?::oid
        UNION ALL
        SELECT c.confkey, 'INCOMING_FOREIGN_KEY'
        WHERE c.confrelid = ?::oid AND c.contype = 'f'
      ) AS side
      LEFT JOIN pg_class r ON r.oid = c.confrelid
      LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
      WHERE c.conparentid = 0 AND c.coninhcount = 0
      ORDER BY c.conname, side.kind, c.conrelid::regclass::text
      """;

  private final Session session;

  ConstraintCatalog(Session session) {
    this.session = session;
  }

  List<Constraint> read(long table) throws SQLException {
    return session.list(ConstraintCatalog::constraint, CONSTRAINTS, table, table);
  }

  private static Constraint constraint(ResultSet row) throws SQLException {
    return new Constraint(
        new Identifier(row.getString("conname")),
        Constraint.Kind.valueOf(row.getString("kind")),
        Session.numbers(row, "columns"),
        row.getBoolean("convalidated"),
        referenced(row),
        row.getString("deferral"),
        row.getString("definition"),
        Optional.ofNullable(row.getString("comment")));
  }

  private static Optional<TableName> referenced(ResultSet row) throws SQLException {
    Optional<String> schema = Optional.ofNullable(row.getString("referenced_schema"));
    Optional<String> name = Optional.ofNullable(row.getString("referenced_name"));
    return schema.flatMap(s -> name.map(n -> new TableName(new Identifier(s), new Identifier(n))));
  }
}
