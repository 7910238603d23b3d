package dev.gatefold.executor.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same with PostgreSQL's own client, {@code pgbench}. Wants it installed. */
@Tag("pgbench")
class PgbenchTest {

  private static final String SCALE = "5";

  private static final String CLIENTS =
      """
      SELECT count(*) = 4 AND EXISTS (SELECT FROM pgbench_history)
      FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'pgbench'""";

  @Test
  void noTransactionFailsAndTheSumsAgree() throws Exception {
    try (Journey journey = Journey.on("SELECT 1")) {
      run(journey.database(), "-i", "-q", "-s", SCALE);
      journey.submitted(BankTables.CHANGE);
      AtomicBoolean finished = new AtomicBoolean();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      List<String> reports = new ArrayList<>();
      try {
        Future<List<String>> traffic = thread.submit(() -> benchUntil(journey, finished));
        awaitClients(journey, traffic);
        journey.promoted("accounts", StageName.DROP);
        finished.set(true);
        reports.addAll(traffic.get());
      } finally {
        finished.set(true);
        thread.shutdown();
      }
      assertThat(reports).allSatisfy(PgbenchTest::nothingFailed);
      assertThat(journey.rows(BankTables.SUMS)).containsExactly("0|0|0");
      assertThat(journey.rows(BankTables.COLUMNS))
          .contains("abalance|bigint", "padding|character(84)");
    }
  }

  /** Traffic is there before the first stage begins; asking the server takes long enough. */
  private static void awaitClients(Journey journey, Future<List<String>> traffic)
      throws SQLException {
    while (!journey.rows(CLIENTS).equals(List.of("t"))) {
      assertThat(traffic.isDone()).as("pgbench has ended").isFalse();
    }
  }

  /** One run after another until the change is through, so that traffic covers all of it. */
  private static List<String> benchUntil(Journey journey, AtomicBoolean finished)
      throws IOException, InterruptedException {
    List<String> reports = new ArrayList<>();
    do {
      reports.add(run(journey.database(), "-c", "4", "-j", "2", "-T", "30", "-n"));
    } while (!finished.get());
    return reports;
  }

  private static void nothingFailed(String report) {
    assertThat(report).contains("number of failed transactions: 0 (0.000%)");
    assertThat(report).doesNotContain("aborted");
  }

  private static String run(TestDatabase database, String... arguments)
      throws IOException, InterruptedException {
    URI uri = URI.create(database.url().substring("jdbc:".length()).replaceFirst("\\?.*", ""));
    List<String> command = new ArrayList<>(List.of("pgbench"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-h", uri.getHost(), "-p", String.valueOf(uri.getPort()), "-U", database.role()));
    command.add(database.name());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
