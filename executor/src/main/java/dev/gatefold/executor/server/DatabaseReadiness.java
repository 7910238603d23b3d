package dev.gatefold.executor.server;

import dev.gatefold.executor.report.DatabaseError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is who can ask the database. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

  private static final String NAME = "database";
  private static final int SECONDS = 2;

  private final Target target;

  @Inject
  public DatabaseReadiness(Target target) {
    this.target = target;
  }

  @Override
  public HealthCheckResponse call() {
    try (Connection connection = target.connect()) {
      return HealthCheckResponse.named(NAME).status(connection.isValid(SECONDS)).build();
    } catch (SQLException e) {
      return HealthCheckResponse.named(NAME)
          .down()
          .withData("reason", DatabaseError.of(target.url(), e).message())
          .build();
    }
  }
}
