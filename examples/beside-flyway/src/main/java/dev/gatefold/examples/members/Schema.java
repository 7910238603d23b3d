package dev.gatefold.examples.members;

import org.flywaydb.core.Flyway;

/** The application's schema, brought to the version of the code on each start. */
public final class Schema {

  /** What the repository holds. */
  public static final String MIGRATIONS = "classpath:db/migration";

  private Schema() {}

  /** Applies what is new at a location of migrations; answers how many there were. */
  public static int migrate(String url, String location) {
    return Flyway.configure()
        .dataSource(url, null, null)
        .locations(location)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
