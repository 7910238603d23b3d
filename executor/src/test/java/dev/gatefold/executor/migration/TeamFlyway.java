package dev.gatefold.executor.migration;

import dev.gatefold.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;

/** Flyway as a team runs it, with nothing set but what it must know. */
final class TeamFlyway {

  private TeamFlyway() {}

  /** Brings a database to the latest version; answers how many migrations ran. */
  static int migrate(TestDatabase database, Path folder) {
    return on(database, folder).migrate().migrationsExecuted;
  }

  static void repair(TestDatabase database, Path folder) {
    on(database, folder).repair();
  }

  private static Flyway on(TestDatabase database, Path folder) {
    return Flyway.configure()
        .dataSource(database.url(), null, null)
        .locations("filesystem:" + folder)
        .load();
  }

  /** What it holds for done, by version and description. */
  static List<String> applied(TestDatabase database) throws SQLException {
    return database.queryLines(
        """
        SELECT version || ' ' || description FROM flyway_schema_history
        WHERE success ORDER BY installed_rank\
        """);
  }
}
