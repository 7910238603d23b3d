package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Publication;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the publications that name columns of a table, in a list or in a row filter. */
final class PublicationCatalog {

  /** Before it, a publication sent whole tables only. */
  private static final int FIRST_VERSION = 15;

  private static final String PUBLICATIONS =
      """
      SELECT p.pubname, pg_has_role(p.pubowner, 'USAGE') AS owned,
             coalesce(r.prattrs::int2[]::int[], '{}') AS list,
             r.prqual IS NOT NULL AS filtered,
             ARRAY(SELECT DISTINCT d.refobjsubid
                   FROM pg_depend d
                   WHERE d.classid = 'pg_publication_rel'::regclass AND d.objid = r.oid
                     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = r.prrelid
                     AND d.refobjsubid > 0) AS columns
      FROM pg_publication_rel r
      JOIN pg_publication p ON p.oid = r.prpubid
      WHERE r.prrelid = ?::oid
      ORDER BY p.pubname
      """;

  private static final String FILTERS =
      """
      SELECT p.pubname, 'CHECK (' || pg_get_expr(r.prqual, r.prrelid) || ')'
      FROM pg_publication_rel r
      JOIN pg_publication p ON p.oid = r.prpubid
      WHERE r.prrelid = ?::oid AND r.prqual IS NOT NULL
      """;

  private final Session session;

  PublicationCatalog(Session session) {
    this.session = session;
  }

  List<Publication> read(long table) throws SQLException {
    return session.version() < FIRST_VERSION
        ? List.of()
        : session.list(PublicationCatalog::publication, PUBLICATIONS, table);
  }

  /** The row filters as definitions of CHECK constraints, by publication. */
  Map<String, String> filters(long table) throws SQLException {
    return session.version() < FIRST_VERSION
        ? Map.of()
        : session
            .list(row -> Map.entry(row.getString(1), row.getString(2)), FILTERS, table)
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Publication publication(ResultSet row) throws SQLException {
    return new Publication(
        new Identifier(row.getString("pubname")),
        row.getBoolean("owned"),
        Session.numbers(row, "list").stream().sorted().toList(),
        row.getBoolean("filtered"),
        Session.numbers(row, "columns"));
  }
}
