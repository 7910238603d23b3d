package dev.gatefold.executor.server;

import dev.gatefold.executor.report.DatabaseError;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;

/** A database that fails is a service that is not there at the moment. */
@Provider
public class DatabaseErrors implements ExceptionMapper<SQLException> {

  private final Target target;

  @Inject
  public DatabaseErrors(Target target) {
    this.target = target;
  }

  @Override
  public Response toResponse(SQLException e) {
    DatabaseError error = DatabaseError.of(target.url(), e);
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .type(MediaType.APPLICATION_JSON)
        .entity(new ErrorShape("database", error.message(), error.cure()).json())
        .build();
  }
}
