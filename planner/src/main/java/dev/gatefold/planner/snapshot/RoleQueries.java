package dev.gatefold.planner.snapshot;

/** Roles, without passwords and without the right to log in. */
final class RoleQueries {

  /** Its parameter is an array of roles that something names, quoted as for SQL. */
  static final String ALL =
      """
      WITH RECURSIVE known (oid) AS (
        SELECT r.oid FROM pg_roles r WHERE quote_ident(r.rolname) = ANY (?::text[])
        UNION
        SELECT m.roleid FROM known k JOIN pg_auth_members m ON m.member = k.oid
      )
      SELECT quote_ident(r.rolname) AS name,
             concat('CREATE ROLE ', quote_ident(r.rolname), ' NOLOGIN',
                    CASE WHEN r.rolsuper THEN ' SUPERUSER' END,
                    CASE WHEN NOT r.rolinherit THEN ' NOINHERIT' END,
                    CASE WHEN r.rolbypassrls THEN ' BYPASSRLS' END) AS made
      FROM pg_roles r
      WHERE r.oid IN (SELECT oid FROM known) AND r.rolname !~ '^pg_'
      ORDER BY 1""";

  private static final String MEMBERSHIPS =
      """
      WITH RECURSIVE known (oid) AS (
        SELECT r.oid FROM pg_roles r WHERE quote_ident(r.rolname) = ANY (?::text[])
        UNION
        SELECT m.roleid FROM known k JOIN pg_auth_members m ON m.member = k.oid
      )
      SELECT DISTINCT format('%I in %I', b.rolname, g.rolname),
             format('GRANT %I TO %I', g.rolname, b.rolname)
             /* options */
      FROM pg_auth_members m
      JOIN pg_roles g ON g.oid = m.roleid
      JOIN pg_roles b ON b.oid = m.member
      WHERE b.oid IN (SELECT oid FROM known) AND b.rolname !~ '^pg_'
      ORDER BY 1""";

  private static final String OPTIONS =
      "|| format(' WITH ADMIN %s, INHERIT %s, SET %s', upper(m.admin_option::text),"
          + " upper(m.inherit_option::text), upper(m.set_option::text))";

  private static final String ADMIN =
      "|| CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END";

  private static final int FIRST_WITH_OPTIONS = 16;

  private RoleQueries() {}

  /** Who is a member of which role; the same parameter. */
  static String memberships(int version) {
    return MEMBERSHIPS.replace("/* options */", version < FIRST_WITH_OPTIONS ? ADMIN : OPTIONS);
  }
}
