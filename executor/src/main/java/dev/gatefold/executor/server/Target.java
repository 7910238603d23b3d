package dev.gatefold.executor.server;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The database that this server speaks for. Each request has its own connection. */
@ApplicationScoped
public class Target {

  private final DatabaseUrl url;

  @Inject
  public Target(@ConfigProperty(name = "gatefold.url") String url) {
    this.url = DatabaseUrl.parse(url);
  }

  DatabaseUrl url() {
    return url;
  }

  Rollouts open() throws SQLException {
    return LiveRollouts.open(url);
  }

  Connection connect() throws SQLException {
    return new Database(url).getConnection();
  }
}
