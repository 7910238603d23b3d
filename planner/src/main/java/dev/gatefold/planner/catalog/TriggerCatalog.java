package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Trigger;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the triggers that users made, without clones on partitions; Gatefold's own begin with
 * {@code ~gatefold_}.
 */
final class TriggerCatalog {

  private static final String TRIGGERS =
      """
      SELECT t.tgname,
             t.tgtype & 3 = 3 AS before_row,
             t.tgtype & 16 = 16 AS on_update,
             t.tgattr::int2[]::int[] AS update_of,
             CASE WHEN l.lanname IN ('internal', 'c') THEN '' ELSE p.prosrc END AS source
      FROM pg_trigger t
      JOIN pg_proc p ON p.oid = t.tgfoid
      JOIN pg_language l ON l.oid = p.prolang
      WHERE t.tgrelid = ?::oid AND NOT t.tgisinternal
        AND t.tgparentid = 0 AND NOT starts_with(t.tgname, '~gatefold_')
      ORDER BY t.tgname
      """;

  private final Session session;

  TriggerCatalog(Session session) {
    this.session = session;
  }

  List<Trigger> read(long table) throws SQLException {
    return session.list(
        row ->
            new Trigger(
                new Identifier(row.getString("tgname")),
                row.getBoolean("before_row"),
                row.getBoolean("on_update"),
                Session.numbers(row, "update_of"),
                row.getString("source")),
        TRIGGERS,
        table);
  }
}
