package dev.gatefold.executor.demo;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the catalog says about the table of orders, asked without Gatefold's own reader. */
final class CatalogPicture {

  private static final String QUERY =
      """
      SELECT concat_ws(' | ', 'column', a.attname, format_type(a.atttypid, a.atttypmod),
          a.attnotnull, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum),
          a.attacl)
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
      WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT concat_ws(' | ', 'index', pg_get_indexdef(indexrelid), indisvalid)
      FROM pg_index WHERE indrelid = 'orders'::regclass
      UNION ALL
      SELECT concat_ws(' | ', 'constraint', conname, pg_get_constraintdef(oid), convalidated)
      FROM pg_constraint WHERE conrelid = 'orders'::regclass
      UNION ALL
      SELECT concat_ws(' | ', 'trigger', tgname, pg_get_triggerdef(oid))
      FROM pg_trigger WHERE tgrelid = 'orders'::regclass AND NOT tgisinternal
      UNION ALL
      SELECT concat_ws(' | ', 'function', proname)
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      ORDER BY 1\
      """;

  private CatalogPicture() {}

  static List<String> take(Connection connection) throws SQLException {
    return Query.of(QUERY).list(connection, row -> row.getString(1));
  }
}
