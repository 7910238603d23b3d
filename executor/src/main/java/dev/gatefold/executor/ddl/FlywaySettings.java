package dev.gatefold.executor.ddl;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** What every use of Flyway here has in common. */
final class FlywaySettings {

  private FlywaySettings() {}

  static FluentConfiguration on(DataSource target) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(target)
            .defaultSchema("gatefold")
            .schemas("gatefold")
            .loggers("slf4j");
    // By default Flyway holds its lock in an open transaction, for which CREATE INDEX CONCURRENTLY
    // would wait for ever.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }
}
