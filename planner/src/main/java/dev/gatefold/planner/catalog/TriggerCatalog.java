package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Trigger;
import dev.gatefold.planner.schema.Trigger.Enabled;
import dev.gatefold.planner.schema.Trigger.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the triggers that users made; Gatefold's own begin with {@code ~gatefold_}. A clone on a
 * partition is told apart from the one that it was cloned from only where it is enabled otherwise.
 */
final class TriggerCatalog {

  private static final String TRIGGERS =
      """
      SELECT t.tgname,
             t.tgtype & 3 = 3 AS before_row,
             t.tgtype & 4 = 4 AS on_insert,
             t.tgtype & 16 = 16 AS on_update,
             CASE t.tgenabled WHEN 'O' THEN 'ORIGIN' WHEN 'R' THEN 'REPLICA'
                              WHEN 'A' THEN 'ALWAYS' ELSE 'DISABLED' END AS enabled,
             ARRAY(SELECT a.attname::text
                   FROM pg_attribute a
                   WHERE a.attrelid = t.tgrelid
                     AND (a.attnum = ANY (t.tgattr::int2[])
                          OR EXISTS (
                            SELECT FROM pg_depend d
                            LEFT JOIN pg_attrdef e
                              ON d.classid = 'pg_attrdef'::regclass AND e.oid = d.objid
                            WHERE d.refclassid = 'pg_class'::regclass
                              AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
                              AND CASE WHEN d.classid = 'pg_class'::regclass
                                        AND d.objid = a.attrelid THEN d.objsubid
                                       ELSE e.adnum END = ANY (t.tgattr::int2[]))))
               AS update_of,
             CASE WHEN l.lanname IN ('internal', 'c') THEN '' ELSE p.prosrc END AS source
      FROM pg_trigger t
      JOIN pg_proc p ON p.oid = t.tgfoid
      JOIN pg_language l ON l.oid = p.prolang
      LEFT JOIN pg_trigger cloned ON cloned.oid = t.tgparentid
      WHERE t.tgrelid IN (%s)
        -- Before 15 a clone is internal, too; those of constraints are the server's own.
        AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstraint = 0))
        AND t.tgenabled IS DISTINCT FROM cloned.tgenabled
        AND NOT starts_with(t.tgname, '~gatefold_')
      ORDER BY t.tgname
      """;

  private static final String TABLE = TRIGGERS.formatted("?::oid");

  private static final String FAMILY =
      TRIGGERS.formatted(
          "SELECT ?::oid UNION SELECT relid::oid FROM pg_partition_tree(?::oid::regclass)");

  private final Session session;

  TriggerCatalog(Session session) {
    this.session = session;
  }

  List<Trigger> read(long table) throws SQLException {
    return session.list(TriggerCatalog::trigger, TABLE, table);
  }

  /** Those of its partitions as well. */
  List<Trigger> readFamily(long table) throws SQLException {
    return session.list(TriggerCatalog::trigger, FAMILY, table, table);
  }

  private static Trigger trigger(ResultSet row) throws SQLException {
    Set<Event> events = EnumSet.noneOf(Event.class);
    if (row.getBoolean("on_insert")) {
      events.add(Event.INSERT);
    }
    if (row.getBoolean("on_update")) {
      events.add(Event.UPDATE);
    }
    return new Trigger(
        new Identifier(row.getString("tgname")),
        row.getBoolean("before_row"),
        events,
        Enabled.valueOf(row.getString("enabled")),
        Session.names(row, "update_of"),
        row.getString("source"));
  }
}
