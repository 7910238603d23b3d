package dev.gatefold.executor.ddl;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Makes and migrates Gatefold's own schema. */
public final class SchemaMigrations {

  private final DataSource target;

  public SchemaMigrations(DataSource target) {
    this.target = target;
  }

  /**
   * Brings the schema to this version; answers how many migrations ran.
   *
   * @throws SQLException with state 42501, naming it, if a right is missing
   */
  public int migrate() throws SQLException {
    try (Connection connection = target.getConnection()) {
      OwnSchema.requireRights(connection);
    }
    Flyway flyway =
        FlywaySettings.on(target)
            .table("schema_history")
            .locations(
                "classpath:dev/gatefold/executor/ddl/schema",
                "classpath:dev/gatefold/backfill/lease",
                "classpath:dev/gatefold/backfill/pace")
            .createSchemas(true)
            .load();
    try {
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw serversAnswer(e);
    }
  }

  /** What the server said, which tells more than what Flyway made of it. */
  private static SQLException serversAnswer(FlywayException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException answer) {
        return answer;
      }
    }
    throw failure;
  }
}
