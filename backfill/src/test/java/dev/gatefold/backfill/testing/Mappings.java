package dev.gatefold.backfill.testing;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mappings of tables that a test has made, as the planner would write them. */
public final class Mappings {

  public static final String SKIP = "gatefold.backfill=3f2a";

  private Mappings() {}

  /** The mapping of a table along its primary key, or from block to block. */
  public static RowMapping of(TestDatabase database, String table, ColumnMapping... columns)
      throws SQLException {
    String oid = database.queryLines("SELECT '" + table + "'::regclass::oid").get(0);
    List<KeyColumn> key = new ArrayList<>();
    for (String line :
        database.queryLines(
            """
            SELECT a.attnum, format_type(a.atttypid, -1), a.attname
            FROM pg_index AS i
            CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = %s AND i.indisprimary
            ORDER BY k.place
            """
                .formatted(oid))) {
      String[] parts = line.split("\\|", 3);
      key.add(new KeyColumn(new Identifier(parts[2]), Integer.parseInt(parts[0]), parts[1], false));
    }
    return new RowMapping(
        TableName.parse(table),
        Long.parseLong(oid),
        key,
        "a test's key",
        List.of(columns),
        SKIP,
        List.of());
  }

  /** A text that becomes an integer; the way back is plain. */
  public static ColumnMapping integer(String oldColumn, String newColumn) {
    return pair(oldColumn, newColumn, "%1$s::integer", "%2$s::text");
  }

  /**
   * A pair of columns.
   *
   * @param up with {@code %1$s} for the old value
   * @param down with {@code %2$s} for the new value
   */
  public static ColumnMapping pair(String oldColumn, String newColumn, String up, String down) {
    Identifier oldName = new Identifier(oldColumn);
    Identifier newName = new Identifier(newColumn);
    String oldValue = "t." + oldName.quoted();
    String newValue = "t." + newName.quoted();
    String upSql = up.formatted(oldValue, newValue);
    String downSql = down.formatted(oldValue, newValue);
    return new ColumnMapping(
        oldName,
        newName,
        upSql,
        "%s IS NOT DISTINCT FROM (%s)".formatted(newValue, upSql),
        "%s IS NOT DISTINCT FROM (%s)".formatted(oldValue, downSql),
        Optional.of(downSql));
  }
}
