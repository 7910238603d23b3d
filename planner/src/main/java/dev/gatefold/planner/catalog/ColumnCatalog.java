package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the columns of a table. */
final class ColumnCatalog {

  private static final String COLUMNS =
      """
      SELECT a.attname, a.attnum, a.attnotnull, a.attidentity,
             a.attgenerated <> '' AS generated,
             CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS expression,
             format_type(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END, -1) AS base,
             col_description(a.attrelid, a.attnum) AS comment,
             CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int END AS statistics,
             array_to_string(a.attoptions, ', ') AS options,
             CASE WHEN a.attstorage <> t.typstorage THEN
               CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                                 WHEN 'x' THEN 'EXTENDED' WHEN 'm' THEN 'MAIN' END END AS storage,
             CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                               WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END AS own_storage,
             CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
             (SELECT format('%I.%I', sn.nspname, s.relname)
              FROM pg_depend o
              JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S'
              JOIN pg_namespace sn ON sn.oid = s.relnamespace
              WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass
                AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
                AND o.deptype = CASE WHEN a.attidentity = '' THEN 'a' ELSE 'i' END
              ORDER BY s.oid
              LIMIT 1) AS sequence
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  private static final String GRANTS =
      """
      SELECT a.attnum, g.privilege_type, g.is_grantable, g.grantor = c.relowner AS by_owner,
             CASE WHEN g.grantee = 0 THEN 'PUBLIC'
                  ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      CROSS JOIN LATERAL (%s) AS g
      WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum, grantee, g.privilege_type
      """;

  private final Session session;
  private final SequenceCatalog sequences;
  private final DefaultVolatility volatility;

  ColumnCatalog(Session session) {
    this.session = session;
    this.sequences = new SequenceCatalog(session);
    this.volatility = new DefaultVolatility(session);
  }

  List<Column> read(long table) throws SQLException {
    Map<Integer, ColumnType> types = new TypeCatalog(session).read(table);
    Map<Integer, List<Column.Grant>> grants = grants(table);
    return session.list(row -> column(row, types, grants), COLUMNS, table);
  }

  private Column column(
      ResultSet row, Map<Integer, ColumnType> types, Map<Integer, List<Column.Grant>> grants)
      throws SQLException {
    int attnum = row.getInt("attnum");
    return new Column(
        new Identifier(row.getString("attname")),
        attnum,
        Optional.ofNullable(types.get(attnum)).orElseThrow(),
        row.getBoolean("attnotnull"),
        defaultValue(row),
        identity(row),
        row.getBoolean("generated"),
        Optional.ofNullable(row.getString("comment")),
        grants.getOrDefault(attnum, List.of()),
        settings(row));
  }

  private Optional<Column.Default> defaultValue(ResultSet row) throws SQLException {
    Optional<String> expression = Optional.ofNullable(row.getString("expression"));
    if (expression.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Column.Default(
            expression.get(), volatility.of(expression.get(), row.getString("base")), owned(row)));
  }

  private Optional<Column.OwnedSequence> owned(ResultSet row) throws SQLException {
    Optional<String> name = Optional.ofNullable(row.getString("sequence"));
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Column.OwnedSequence(
                name.get(), sequences.type(name.get()), sequences.read(name.get())));
  }

  private Optional<Column.Identity> identity(ResultSet row) throws SQLException {
    String kind = row.getString("attidentity");
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    // From version 17 on a partition's column has the identity too; the sequence is the table's.
    Optional<String> sequence = Optional.ofNullable(row.getString("sequence"));
    return sequence.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Column.Identity(kind.equals("a"), sequence.get(), sequences.read(sequence.get())));
  }

  private static Column.Settings settings(ResultSet row) throws SQLException {
    int statistics = row.getInt("statistics");
    return new Column.Settings(
        row.wasNull() ? Optional.empty() : Optional.of(statistics),
        Optional.ofNullable(row.getString("options")),
        Optional.ofNullable(row.getString("storage")),
        row.getString("own_storage"),
        Optional.ofNullable(row.getString("compression")));
  }

  private Map<Integer, List<Column.Grant>> grants(long table) throws SQLException {
    String query =
        GRANTS.formatted(OwnNotes.readable(session) ? OwnNotes.RIGHTS : OwnNotes.ALL_RIGHTS);
    return session
        .list(row -> Map.entry(row.getInt("attnum"), RightsCatalog.grant(row)), query, table)
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}
