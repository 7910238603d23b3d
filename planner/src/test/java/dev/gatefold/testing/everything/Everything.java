package dev.gatefold.testing.everything;

import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** A database with one of each kind of object that the server knows. */
public final class Everything {

  private static final String ROLES =
      """
      DROP ROLE IF EXISTS everything_owner;
      DROP ROLE IF EXISTS everything_app;
      DROP ROLE IF EXISTS "Everything Reader";
      """;

  private Everything() {}

  /** A database of its own; drop the roles when it is closed. */
  public static TestDatabase create() throws SQLException, IOException {
    TestDatabase database = TestDatabase.forSuperuser();
    database.execute(text("everything.sql"));
    int version = version(database);
    if (version >= 15) {
      database.execute(text("everything-15.sql"));
    }
    if (version >= 18) {
      database.execute(text("everything-18.sql"));
    }
    return database;
  }

  /** The major version of the server. */
  public static int version(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    }
  }

  /** Roles are the server's: no other database may need them any more. */
  public static void dropRoles() throws SQLException {
    try (TestDatabase database = TestDatabase.forSuperuser()) {
      if (version(database) >= 15) {
        database.execute("REVOKE SET ON PARAMETER session_replication_role FROM everything_owner");
      }
      database.execute(ROLES);
    }
  }

  private static String text(String file) throws IOException {
    try (InputStream resource = Everything.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
