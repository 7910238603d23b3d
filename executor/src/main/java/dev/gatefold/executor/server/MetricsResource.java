package dev.gatefold.executor.server;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.report.StatusContext;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metrics for Prometheus and whoever reads its format. Each scrape asks the database. */
@Path("/metrics")
public class MetricsResource {

  private final Target target;
  private final ExpositionFormats formats = ExpositionFormats.init();

  @Inject
  public MetricsResource(Target target) {
    this.target = target;
  }

  @GET
  public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept)
      throws SQLException, IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, snapshots());
    return Response.ok(text.toByteArray(), writer.getContentType()).build();
  }

  private MetricSnapshots snapshots() throws SQLException {
    try (Rollouts rollouts = target.open()) {
      return RolloutMetrics.of(
          rollouts.list(), StatusContext.of(rollouts), rollouts.backfills().list());
    }
  }
}
