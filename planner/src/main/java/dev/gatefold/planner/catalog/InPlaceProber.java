package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Table;
import java.sql.SQLException;
import java.util.Set;

/** Tries whether the server changes a type in the catalog alone, without reading the rows. */
final class InPlaceProber {

  // Whether it rewrites between these depends on the TimeZone of the session.
  private static final Set<String> BY_TIME_ZONE =
      Set.of("timestamp without time zone", "timestamp with time zone");

  private static final String FILES =
      """
      SELECT string_agg(c.relfilenode::text, ',' ORDER BY c.relfilenode)
      FROM pg_class c
      WHERE c.oid = to_regclass('pg_temp.gatefold_place')
         OR c.oid IN (SELECT i.indexrelid FROM pg_index i
                      WHERE i.indrelid = to_regclass('pg_temp.gatefold_place'))
      """;

  private final Session session;
  private final Table table;

  InPlaceProber(Session session, Table table) {
    this.session = session;
    this.table = table;
  }

  boolean probe(Column column, ColumnType type) throws SQLException {
    Conversion conversion = new Conversion(column.type(), type);
    if (conversion.isSame()) {
      return true;
    }
    if (scansAnyway(conversion) || hasCheck(column)) {
      return false;
    }
    return session.tryOut(() -> keepsFiles(column, type)).match(keeps -> keeps, rejected -> false);
  }

  // A domain checks each value; a CHECK on the column is checked again for all rows.
  private static boolean scansAnyway(Conversion conversion) {
    return conversion.to().kind() == ColumnType.Kind.CONSTRAINED_DOMAIN
        || (BY_TIME_ZONE.contains(conversion.from().base())
            && BY_TIME_ZONE.contains(conversion.to().base())
            && !conversion.from().base().equals(conversion.to().base()));
  }

  private boolean hasCheck(Column column) {
    return table.constraints().stream()
        .anyMatch(c -> c.kind() == Constraint.Kind.CHECK && c.columns().contains(column.attnum()));
  }

  private boolean keepsFiles(Column column, ColumnType type) throws SQLException {
    session.execute(
        "CREATE TEMP TABLE gatefold_place (LIKE " + table.name().quoted() + " INCLUDING INDEXES)");
    String before = files();
    session.execute(
        "ALTER TABLE pg_temp.gatefold_place ALTER COLUMN "
            + column.name().quoted()
            + " TYPE "
            + Clone.ddl(type));
    return before.equals(files());
  }

  private String files() throws SQLException {
    return session.one(row -> row.getString(1), FILES);
  }
}
