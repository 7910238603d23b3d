package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the unique keys along which all rows of a table can be visited. */
final class KeyCatalog {

  /**
   * Usable is an index in which every row has one place, the place that comparing its columns in a
   * statement would give it: no NULLs, no predicate, the type's own order, the column's collation,
   * and one direction, since no row comparison follows an index that goes up and down. The value of
   * a generated column is not known yet when a BEFORE trigger has to say whether a row moved.
   */
  private static final String KEYS =
      """
      SELECT x.relname, i.indisprimary, a.attname, a.attnum,
             format_type(a.atttypid, -1) AS type,
             (k.option & 1 = 1) <> (k.option & 2 = 2) AS nulls_first
      FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_am m ON m.oid = x.relam AND m.amname = 'btree'
      CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indoption::int2[])
        WITH ORDINALITY AS k (attnum, option, place)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      CROSS JOIN LATERAL (
        SELECT bool_or(NOT c.attnotnull OR c.attgenerated <> '' OR NOT o.opcdefault
                       OR u.coll <> c.attcollation OR u.option & 1 <> i.indoption[0] & 1
                       OR EXISTS (SELECT FROM pg_constraint n
                                  WHERE n.conrelid = i.indrelid AND n.contype = 'n'
                                    AND n.conkey = ARRAY[c.attnum] AND NOT n.convalidated))
                 AS unusable,
               sum(CASE WHEN c.attlen > 0 THEN c.attlen ELSE 32 END) AS width
        FROM unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[],
                    i.indoption::int2[])
          WITH ORDINALITY AS u (attnum, class, coll, option, place)
        JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = u.attnum
        JOIN pg_opclass o ON o.oid = u.class
        WHERE u.place <= i.indnkeyatts) AS whole
      WHERE i.indrelid = ?::oid AND i.indisunique AND i.indisvalid AND i.indisready
        AND i.indpred IS NULL AND i.indexprs IS NULL AND (i.indisprimary OR i.indimmediate)
        AND NOT whole.unusable AND k.place <= i.indnkeyatts
      ORDER BY i.indisprimary DESC, whole.width, x.relname, k.place
      """;

  private final Session session;

  KeyCatalog(Session session) {
    this.session = session;
  }

  /** The usable keys: the primary key first, then the narrowest. */
  List<UniqueKey> read(long table) throws SQLException {
    Map<String, UniqueKey> keys = new LinkedHashMap<>();
    for (UniqueKey part : session.list(KeyCatalog::part, KEYS, table)) {
      keys.merge(part.index().value(), part, KeyCatalog::joined);
    }
    return List.copyOf(keys.values());
  }

  private static UniqueKey part(ResultSet row) throws SQLException {
    KeyColumn column =
        new KeyColumn(
            new Identifier(row.getString("attname")),
            row.getInt("attnum"),
            row.getString("type"),
            row.getBoolean("nulls_first"));
    return new UniqueKey(
        new Identifier(row.getString("relname")), row.getBoolean("indisprimary"), List.of(column));
  }

  private static UniqueKey joined(UniqueKey key, UniqueKey next) {
    List<KeyColumn> columns = new ArrayList<>(key.columns());
    columns.addAll(next.columns());
    return new UniqueKey(key.index(), key.primary(), columns);
  }
}
