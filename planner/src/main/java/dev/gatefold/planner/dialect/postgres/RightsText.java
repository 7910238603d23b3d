package dev.gatefold.planner.dialect.postgres;

/**
 * Loops that grant and revoke. Their statements are written by queries over the notes and the
 * catalog, all of them before the first one runs. Roles with the same rights share a statement:
 * each one writes every column of the table that it names, and writers wait meanwhile.
 */
final class RightsText {

  private RightsText() {}

  /**
   * Runs what the queries answer, with parts that the queries may read, one query after another.
   */
  static String loop(String parts, String... queries) {
    return PartitionText.block(
        """
        FOR r IN
        WITH %s
        %s
        ORDER BY place
        LOOP
          EXECUTE r.sql;
        END LOOP;"""
            .formatted(parts, String.join("\nUNION ALL\n", queries)));
  }

  /** Puts a part {@code rights}, which names columns one by one, into words. */
  static String words(String rights) {
    return """
    rights (table_oid, grantee, privilege, grantable, attnum, attname) AS (
    %s),
    words AS (
      SELECT t.table_oid, t.grantee, t.grantable, pg_catalog.string_agg(
               pg_catalog.format('%%s (%%s)', t.privilege, t.names), ', ' ORDER BY t.privilege) AS rights
      FROM (SELECT table_oid, grantee, privilege, grantable, pg_catalog.string_agg(
                     pg_catalog.quote_ident(attname), ', ' ORDER BY attnum) AS names
            FROM rights GROUP BY table_oid, grantee, privilege, grantable) t
      GROUP BY t.table_oid, t.grantee, t.grantable)"""
        .formatted(rights);
  }

  /** The same for rights on whole tables. */
  static String whole(String denied) {
    return """
    whole AS (
      SELECT d.table_oid, d.grantee, d.grantable,
             pg_catalog.string_agg(d.privilege, ', ' ORDER BY d.privilege) AS rights
      FROM %s d
      GROUP BY d.table_oid, d.grantee, d.grantable)"""
        .formatted(denied);
  }

  static String grant(int place, String part) {
    return statements(
        place, part, "'GRANT '", "'TO '", "CASE WHEN w.grantable THEN ' WITH GRANT OPTION' END");
  }

  /** Of a right that is told as grantable, no more than the option. */
  static String revoke(int place, String part) {
    return statements(
        place,
        part,
        "CASE WHEN w.grantable THEN 'REVOKE GRANT OPTION FOR ' ELSE 'REVOKE ' END",
        "'FROM '",
        "NULL");
  }

  private static String statements(int place, String part, String verb, String to, String option) {
    return """
    SELECT %d AS place, pg_catalog.concat(
             %s, w.rights, pg_catalog.format(' ON %%I.%%I ', n.nspname, c.relname), %s,
             pg_catalog.string_agg(
               CASE w.grantee WHEN 0 THEN 'PUBLIC'
                 ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(w.grantee)) END, ', '),
             %s) AS sql
    FROM %s w
    JOIN pg_catalog.pg_class c ON c.oid = w.table_oid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    GROUP BY w.rights, w.grantable, n.nspname, c.relname"""
        .formatted(place, verb, to, option, part);
  }
}
