package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the types of columns. */
final class TypeCatalog {

  // The base is printed for modifier -1, not NULL: "character" and "bit" without a length would
  // mean one character, "bpchar" and "\"bit\"" do not. char without a length compares 'a' and 'a '
  // as equal although the operator class claims that equal values are equal images. An operator
  // outside pg_catalog would not be found under the search path of the sync's functions.
  private static final String TYPES =
      """
      SELECT a.attnum,
             format_type(a.atttypid, a.atttypmod) AS sql,
             format_type(a.atttypid, -1) AS base,
             a.atttypmod AS modifier,
             CASE WHEN EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) THEN 'ARRAY'
                  WHEN t.typtype = 'b' THEN 'BASE'
                  WHEN t.typtype = 'd' AND EXISTS (
                    WITH RECURSIVE part (type) AS (
                      SELECT t.oid
                      UNION ALL
                      SELECT p.typbasetype
                      FROM part
                      JOIN pg_type p ON p.oid = part.type AND p.typtype = 'd'
                    )
                    SELECT
                    FROM part
                    JOIN pg_type p ON p.oid = part.type AND p.typtype = 'd'
                    WHERE p.typnotnull OR p.typdefault IS NOT NULL
                       OR EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = p.oid))
                  THEN 'CONSTRAINED_DOMAIN'
                  WHEN t.typtype = 'd' THEN 'DOMAIN'
                  WHEN t.typtype = 'e' THEN 'ENUM'
                  WHEN t.typtype = 'c' THEN 'COMPOSITE'
                  WHEN t.typtype IN ('r', 'm') THEN 'RANGE'
                  ELSE 'OTHER' END AS kind,
             CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                  THEN format('%I.%I', cn.nspname, c.collname) END AS collation,
             (a.attcollation = 0 OR c.collisdeterministic)
               AND (t.oid <> 'bpchar'::regtype OR a.atttypmod >= 0)
               AND EXISTS (
                 SELECT
                 FROM pg_opclass o
                 JOIN pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree'
                 JOIN pg_amproc p ON p.amprocfamily = o.opcfamily AND p.amprocnum = 4
                  AND p.amproclefttype = o.opcintype AND p.amprocrighttype = o.opcintype
                 WHERE o.opcdefault AND o.opcnamespace = 'pg_catalog'::regnamespace
                   AND p.amproc IN ('btequalimage(oid)'::regprocedure,
                                    'btvarstrequalimage(oid)'::regprocedure)
                   AND o.opcintype = CASE WHEN t.oid = 'varchar'::regtype THEN 'text'::regtype
                                          WHEN t.typtype = 'e' THEN 'anyenum'::regtype
                                          ELSE t.oid END) AS comparable
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation c ON c.oid = a.attcollation
      LEFT JOIN pg_namespace cn ON cn.oid = c.collnamespace
      WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
      """;

  // An explicit cast cuts such values silently, where an assignment fails.
  private static final String CUTS_SILENTLY =
      """
      WITH RECURSIVE part (type, modifier, depth) AS (
        SELECT atttypid, atttypmod, 0
        FROM pg_attribute
        WHERE attrelid = ?::oid AND attname = ?
        UNION
        SELECT n.type, n.modifier, part.depth + 1
        FROM part
        JOIN pg_type t ON t.oid = part.type
        CROSS JOIN LATERAL (
          SELECT t.typbasetype AS type, t.typtypmod AS modifier WHERE t.typtype = 'd'
          UNION ALL
          SELECT e.oid, part.modifier FROM pg_type e WHERE e.typarray = t.oid
          UNION ALL
          SELECT c.atttypid, c.atttypmod
          FROM pg_attribute c
          WHERE t.typtype = 'c' AND c.attrelid = t.typrelid AND c.attnum > 0
            AND NOT c.attisdropped
        ) AS n
        WHERE part.depth < 20
      )
      SELECT EXISTS (
        SELECT
        FROM part
        WHERE type IN ('bit'::regtype, 'varbit'::regtype)
           OR type IN ('varchar'::regtype, 'bpchar'::regtype) AND modifier >= 0 AND depth > 0)
      """;

  private final Session session;

  TypeCatalog(Session session) {
    this.session = session;
  }

  /** The types of a relation's columns, by column number. */
  Map<Integer, ColumnType> read(long relation) throws SQLException {
    List<Map.Entry<Integer, ColumnType>> types =
        session.list(row -> Map.entry(row.getInt("attnum"), type(row)), TYPES, relation);
    return types.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Whether a cast to the column's type may cut a value without a word. {@code varchar(n)} and
   * {@code char(n)} themselves do not count: {@link Assignment} knows better than to cast to them.
   */
  boolean cutsSilently(long relation, String column) throws SQLException {
    return session.one(row -> row.getBoolean(1), CUTS_SILENTLY, relation, column);
  }

  private static ColumnType type(ResultSet row) throws SQLException {
    return new ColumnType(
        row.getString("sql"),
        row.getString("base"),
        row.getInt("modifier"),
        ColumnType.Kind.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getString("collation")),
        row.getBoolean("comparable"));
  }
}
