package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.KeyReach;
import dev.gatefold.planner.draft.ReachedColumn;
import dev.gatefold.planner.draft.ReachedColumn.NarrowSequence;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Follows foreign keys from a column to all that refer to it. */
final class KeyReachCatalog {

  // Of a foreign key between partitions only the one that was declared counts.
  private static final String REACH =
      """
      WITH RECURSIVE narrow AS (
        SELECT t.oid, t.typname FROM pg_type t
        WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typname IN ('int2', 'int4')
          AND t.typlen < (SELECT w.typlen FROM pg_type w WHERE w.oid = to_regtype(?))
      ), reach (rel, attnum) AS (
        SELECT a.attrelid, a.attnum
        FROM pg_attribute a
        WHERE a.attrelid = to_regclass(?) AND a.attname = ? AND a.attnum > 0
          AND a.atttypid IN (SELECT oid FROM narrow)
        UNION
        SELECT c.conrelid, k.referring
        FROM reach r
        JOIN pg_constraint c ON c.contype = 'f' AND c.confrelid = r.rel AND c.conparentid = 0
        CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (referring, referred)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.referring
        WHERE k.referred = r.attnum AND a.atttypid IN (SELECT oid FROM narrow)
      )
      SELECT n.nspname, c.relname, c.oid, a.attname, s.nspname AS sequence_schema, s.relname AS sequence,
             s.type
      FROM reach r
      JOIN pg_attribute a ON a.attrelid = r.rel AND a.attnum = r.attnum
      JOIN pg_class c ON c.oid = r.rel
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN LATERAL (
        SELECT sn.nspname, sc.relname, format_type(q.seqtypid, NULL) AS type
        FROM pg_depend d
        JOIN pg_class sc ON sc.oid = d.objid AND sc.relkind = 'S'
        JOIN pg_namespace sn ON sn.oid = sc.relnamespace
        JOIN pg_sequence q ON q.seqrelid = sc.oid
        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
          AND d.refobjid = r.rel AND d.refobjsubid = r.attnum AND d.deptype = 'a'
          AND q.seqtypid IN (SELECT oid FROM narrow)
        ORDER BY sc.oid
        LIMIT 1) AS s ON true
      ORDER BY n.nspname, c.relname, a.attnum
      """;

  private final Session session;

  KeyReachCatalog(Session session) {
    this.session = session;
  }

  List<ReachedColumn> read(KeyReach draft) throws SQLException {
    return session.list(
        KeyReachCatalog::column,
        REACH,
        draft.type(),
        draft.table().quoted(),
        draft.column().value());
  }

  private static ReachedColumn column(ResultSet row) throws SQLException {
    Optional<String> sequence = Optional.ofNullable(row.getString("sequence"));
    return new ReachedColumn(
        new TableName(
            new Identifier(row.getString("nspname")), new Identifier(row.getString("relname"))),
        row.getLong("oid"),
        new Identifier(row.getString("attname")),
        sequence.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new NarrowSequence(
                    new TableName(
                        new Identifier(row.getString("sequence_schema")),
                        new Identifier(sequence.get())),
                    row.getString("type"))));
  }
}
