package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Index;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the indexes of a table. */
final class IndexCatalog {

  // What a partition's index has from above is carried with the index that it belongs to.
  private static final String INDEXES =
      """
      SELECT * FROM (
      SELECT x.relname, h.inhparent IS NULL AS own, i.indisunique, i.indisprimary,
             i.indisreplident, i.indisclustered, k.conname,
             obj_description(x.oid, 'pg_class') AS comment,
             ARRAY(SELECT n::int FROM unnest(i.indkey::int2[]) AS n WHERE n > 0
                   UNION
                   SELECT d.refobjsubid
                   FROM pg_depend d
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid
                     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                     AND d.refobjsubid > 0
                   UNION
                   SELECT n::int FROM unnest(k.conkey) AS n) AS columns,
             ARRAY(SELECT ARRAY[a.attnum::int, a.attstattarget::int] FROM pg_attribute a
                   WHERE a.attrelid = x.oid AND a.attstattarget >= 0
                   ORDER BY a.attnum) AS targets,
             nullif(concat_ws(', ',
               CASE WHEN NOT i.indisvalid THEN 'is INVALID' END,
               'lies in the tablespace ' || quote_ident(s.spcname),
               CASE WHEN NOT f.plain AND i.indisreplident THEN 'is the replica identity' END,
               CASE WHEN NOT f.plain AND i.indisclustered
                    THEN 'is the table''s CLUSTER index' END,
               CASE WHEN NOT f.plain AND EXISTS (
                           SELECT FROM pg_attribute a
                           WHERE a.attrelid = x.oid AND a.attstattarget >= 0)
                    THEN 'has statistics targets of its own' END,
               CASE WHEN h.inhparent IS NOT NULL AND (
                           i.indoption::int2[] IS DISTINCT FROM p.indoption::int2[]
                           OR x.reloptions IS DISTINCT FROM px.reloptions)
                    THEN 'is not as the index to which it is ATTACHed' END,
               CASE WHEN x.relkind = 'I' AND k.conname IS NOT NULL AND x.reloptions IS NOT NULL
                    THEN 'has storage parameters, which a constraint of a partitioned table'
                         ' cannot be given one partition at a time' END), '') AS remarks
      FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid
      LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
      LEFT JOIN pg_constraint k ON k.conindid = x.oid AND k.conrelid = i.indrelid
       AND k.contype IN ('p', 'u', 'x')
      LEFT JOIN pg_inherits h ON h.inhrelid = x.oid
      LEFT JOIN pg_index p ON p.indexrelid = h.inhparent
      LEFT JOIN pg_class px ON px.oid = h.inhparent
      CROSS JOIN LATERAL (SELECT x.relkind = 'i' AND h.inhparent IS NULL AS plain) AS f
      WHERE i.indrelid = ?::oid
      ) AS q
      WHERE own OR remarks IS NOT NULL
      ORDER BY relname
      """;

  private final Session session;

  IndexCatalog(Session session) {
    this.session = session;
  }

  List<Index> read(long table) throws SQLException {
    Map<String, String> definitions = new ObjectTexts(session).indexes(table);
    return session.list(row -> index(row, definitions), INDEXES, table);
  }

  private static List<Index.Target> targets(ResultSet row) throws SQLException {
    // An empty array has no second dimension.
    return Arrays.stream((Object[]) row.getArray("targets").getArray())
        .map(pair -> (Integer[]) pair)
        .map(pair -> new Index.Target(pair[0], pair[1]))
        .toList();
  }

  private static Index index(ResultSet row, Map<String, String> definitions) throws SQLException {
    return new Index(
        new Identifier(row.getString("relname")),
        row.getBoolean("indisunique"),
        row.getBoolean("indisprimary"),
        Session.numbers(row, "columns"),
        Optional.ofNullable(row.getString("conname")).map(Identifier::new),
        row.getBoolean("indisreplident"),
        row.getBoolean("indisclustered"),
        targets(row),
        Optional.ofNullable(row.getString("comment")),
        definitions.getOrDefault(row.getString("relname"), ""),
        Optional.ofNullable(row.getString("remarks")));
  }
}
