package dev.gatefold.executor.ddl;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The schema {@code gatefold}: whether the connected role may make it, or work in it. */
final class OwnSchema {

  private static final String NOT_ALLOWED = "42501";

  private static final String MISSING_RIGHT =
      """
      SELECT CASE
        WHEN n.oid IS NULL AND NOT has_database_privilege(current_database(), 'CREATE')
          THEN format('role %I lacks the right CREATE on database %I to make the schema gatefold',
                      current_user, current_database())
        WHEN NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_schema_privilege(n.oid, 'CREATE')
          THEN format('role %I lacks the rights USAGE and CREATE on schema gatefold', current_user)
        WHEN NOT pg_has_role(c.relowner, 'USAGE')
          THEN format('the tables in schema gatefold belong to role %I, whose rights role %I lacks',
                      pg_get_userbyid(c.relowner), current_user)
        END
      FROM (SELECT) AS one
      LEFT JOIN pg_namespace n ON n.nspname = 'gatefold'
      LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'rollout'""";

  private OwnSchema() {}

  /**
   * Asks before anything is tried, since the server names the object and not the right.
   *
   * @throws SQLException with state 42501, naming the right that is missing
   */
  static void requireRights(Connection connection) throws SQLException {
    Optional<String> missing =
        Query.of(MISSING_RIGHT)
            .list(connection, row -> Optional.ofNullable(row.getString(1)))
            .stream()
            .flatMap(Optional::stream)
            .findFirst();
    if (missing.isPresent()) {
      throw new SQLException(missing.get(), NOT_ALLOWED);
    }
  }
}
