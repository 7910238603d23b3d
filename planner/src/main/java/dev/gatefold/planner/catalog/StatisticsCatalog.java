package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.ExtendedStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the extended statistics of a table. */
final class StatisticsCatalog {

  private static final String STATISTICS =
      """
      SELECT s.oid, n.nspname, s.stxname,
             ARRAY(SELECT k::int FROM unnest(s.stxkeys::int2[]) AS k
                   UNION
                   SELECT d.refobjsubid
                   FROM pg_depend d
                   WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid
                     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.stxrelid
                     AND d.refobjsubid > 0) AS columns,
             CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::int END AS target,
             CASE WHEN s.stxowner <> current_user::regrole
                  THEN quote_ident(pg_get_userbyid(s.stxowner)) END AS other_owner,
             pg_has_role(s.stxowner, 'USAGE')
               AND has_schema_privilege(s.stxnamespace, 'CREATE') AS manageable,
             obj_description(s.oid, 'pg_statistic_ext') AS comment
      FROM pg_statistic_ext s
      JOIN pg_namespace n ON n.oid = s.stxnamespace
      WHERE s.stxrelid = ?::oid
      ORDER BY n.nspname, s.stxname
      """;

  private final Session session;

  StatisticsCatalog(Session session) {
    this.session = session;
  }

  List<ExtendedStatistics> read(long table) throws SQLException {
    return session.list(StatisticsCatalog::statistics, STATISTICS, table);
  }

  private static ExtendedStatistics statistics(ResultSet row) throws SQLException {
    int target = row.getInt("target");
    Optional<Integer> ownTarget = row.wasNull() ? Optional.empty() : Optional.of(target);
    return new ExtendedStatistics(
        row.getLong("oid"),
        new TableName(
            new Identifier(row.getString("nspname")), new Identifier(row.getString("stxname"))),
        Session.numbers(row, "columns"),
        ownTarget,
        Optional.ofNullable(row.getString("other_owner")),
        row.getBoolean("manageable"),
        Optional.ofNullable(row.getString("comment")));
  }
}
