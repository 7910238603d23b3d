package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.catalog.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the roles that objects name, and what those are members of. */
final class RoleCatalog {

  private static final String POLICIES =
      """
      SELECT DISTINCT quote_ident(pg_get_userbyid(r))
      FROM pg_policy p CROSS JOIN unnest(p.polroles) AS r
      WHERE r <> 0""";

  private static final String PARAMETER =
      """
      SELECT quote_ident(pg_get_userbyid(g.grantee)) AS role
      FROM pg_parameter_acl a
      CROSS JOIN LATERAL aclexplode(a.paracl) g
      WHERE a.parname = 'session_replication_role' AND g.privilege_type = 'SET' AND g.grantee <> 0
        AND quote_ident(pg_get_userbyid(g.grantee)) = ANY (?::text[])
      ORDER BY 1""";

  private static final int FIRST_WITH_PARAMETER_RIGHTS = 15;

  private final Session session;

  RoleCatalog(Session session) {
    this.session = session;
  }

  /**
   * Reads roles.
   *
   * @param named names as SQL writes them
   */
  List<SnapshotObject> read(Collection<String> named) throws SQLException {
    List<String> all = new ArrayList<>(named);
    all.addAll(session.list(row -> row.getString(1), POLICIES));
    Object names = all.toArray(String[]::new);
    List<SnapshotObject> objects = new ArrayList<>();
    List<SnapshotObject> roles =
        session.list(
            row -> object(Kind.ROLE, row.getString(1), row.getString(2)), RoleQueries.ALL, names);
    objects.addAll(roles);
    objects.addAll(
        session.list(
            row -> object("membership", row.getString(1), row.getString(2)),
            RoleQueries.memberships(session.version()),
            names));
    if (session.version() >= FIRST_WITH_PARAMETER_RIGHTS) {
      Object known = roles.stream().map(SnapshotObject::identity).toArray(String[]::new);
      objects.addAll(session.list(row -> parameter(row.getString(1)), PARAMETER, known));
    }
    return objects;
  }

  private static SnapshotObject parameter(String role) {
    return object(
        "right",
        "of " + role + " to set session_replication_role",
        "GRANT SET ON PARAMETER session_replication_role TO " + role);
  }

  private static SnapshotObject object(String kind, String identity, String sql) {
    return new SnapshotObject(kind, identity, Optional.empty(), List.of(), List.of(sql));
  }
}
