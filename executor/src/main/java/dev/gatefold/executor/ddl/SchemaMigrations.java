package dev.gatefold.executor.ddl;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** Makes and migrates Gatefold's own schema. */
public final class SchemaMigrations {

  private final DataSource target;

  public SchemaMigrations(DataSource target) {
    this.target = target;
  }

  /** Brings the schema to this version; answers how many migrations ran. */
  public int migrate() {
    Flyway flyway =
        FlywaySettings.on(target)
            .table("schema_history")
            .locations("classpath:dev/gatefold/executor/ddl/schema")
            .createSchemas(true)
            .load();
    MigrateResult result = flyway.migrate();
    return result.migrationsExecuted;
  }
}
