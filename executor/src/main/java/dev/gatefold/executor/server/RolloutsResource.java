package dev.gatefold.executor.server;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.report.Json;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.report.StatusShape;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;

/** Where rollouts stand, in the words of {@code status -o json}. */
@Path("/api/v1/rollouts")
@Produces(MediaType.APPLICATION_JSON)
public class RolloutsResource {

  private final Target target;

  @Inject
  public RolloutsResource(Target target) {
    this.target = target;
  }

  @GET
  public String all() throws SQLException {
    try (Rollouts rollouts = target.open()) {
      return Json.write(StatusShape.of(rollouts.list(), StatusContext.of(rollouts)));
    }
  }

  @GET
  @Path("{change}")
  public Response one(@PathParam("change") String change) throws SQLException {
    Optional<ChangeName> name = name(change);
    if (name.isEmpty()) {
      return notFound(change);
    }
    try (Rollouts rollouts = target.open()) {
      Optional<Rollout> rollout = rollouts.find(name.get());
      return rollout.isEmpty()
          ? notFound(change)
          : Response.ok(
                  Json.write(
                      StatusShape.Change.of(rollout.get(), StatusContext.of(rollouts, name.get()))))
              .build();
    }
  }

  private static Optional<ChangeName> name(String change) {
    try {
      return Optional.of(new ChangeName(change));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Response notFound(String change) {
    return Response.status(Response.Status.NOT_FOUND)
        .entity(
            new ErrorShape(
                    "not_found", "there is no change \"" + change + "\"", "See /api/v1/rollouts.")
                .json())
        .build();
  }
}
