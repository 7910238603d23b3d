package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Schema;
import java.sql.SQLException;

/** Reads what the server is and what this role may do on it. */
final class ServerCatalog {

  private static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int / 10000 AS version, r.rolsuper
      FROM pg_roles r
      WHERE r.rolname = current_user
      """;

  private static final String MAY_SET =
      "SELECT has_parameter_privilege(current_user, 'session_replication_role', 'SET')";

  private static final int FIRST_WITH_PARAMETER_PRIVILEGES = 15;

  private final Session session;

  ServerCatalog(Session session) {
    this.session = session;
  }

  Schema.Server read() throws SQLException {
    Schema.Server server =
        session.one(row -> new Schema.Server(row.getInt(1), row.getBoolean(2)), SERVER);
    if (server.skipsUserTriggers() || server.version() < FIRST_WITH_PARAMETER_PRIVILEGES) {
      return server;
    }
    return new Schema.Server(server.version(), session.one(row -> row.getBoolean(1), MAY_SET));
  }
}
