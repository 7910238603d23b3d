package dev.gatefold.executor.journey;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Roles that use a table which they do not own, each in its own way. */
final class DenyRoles {

  /** Roles are of the whole server: a test before may have made them. */
  private static final String MADE =
      """
      DO $$
      DECLARE role text;
      BEGIN
        FOREACH role IN ARRAY ARRAY['deny_reader', 'deny_writer', 'deny_clerk', 'Deny "Q" x'] LOOP
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
          END IF;
        END LOOP;
      END $$;
      """;

  private DenyRoles() {}

  /** A journey on whose server the roles are, whoever owns the tables. */
  static Journey journey(String schema) throws SQLException {
    TestDatabase database = TestDatabase.create();
    database.asSuperuser(MADE);
    return Journey.on(database, schema);
  }

  /** What the server says to a statement of a role, of which nothing stays. */
  static String attempt(Journey journey, String role, String sql) throws SQLException {
    try (Connection connection = journey.database().connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION AUTHORIZATION " + role);
      connection.setAutoCommit(false);
      statement.execute(sql);
      return "ok";
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      // The driver does not copy this way, but says so only once the server has agreed to.
      return message.startsWith("COPY commands are only supported")
          ? "ok"
          : message.replace("ERROR: ", "").lines().findFirst().orElseThrow();
    }
  }
}
