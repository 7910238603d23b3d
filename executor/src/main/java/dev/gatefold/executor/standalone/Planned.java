package dev.gatefold.executor.standalone;

import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.StandalonePlanning;
import dev.gatefold.planner.standalone.StandalonePlanner;
import java.sql.Connection;
import java.sql.SQLException;

/** Plans against the live catalog; writes nothing. */
final class Planned {

  private Planned() {}

  static StandalonePlanning now(Connection connection, StandaloneBackfill backfill)
      throws SQLException {
    return new StandalonePlanner(new PostgresDialect())
        .plan(backfill, new CatalogReader(connection).read(backfill));
  }
}
