package dev.gatefold.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatefold.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code gatefold serve}, as people run it. */
class ServerTest {

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void needsTheJar() {
    assumeTrue(GatefoldJar.exists(), "the jar is made by mvn package");
  }

  @Test
  void itSaysWhereRolloutsStandAndWhetherTheDatabaseAnswers() throws Exception {
    int port = freePort();
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(GatefoldJar.run("init", "--url", database.url()).exitCode()).isZero();
      String status = GatefoldJar.run("status", "-o", "json", "--url", database.url()).out();
      Process server =
          GatefoldJar.start("serve", "--port", String.valueOf(port), "--url", database.url());
      try {
        waitUntilItListens(server);
        assertAnswer(port, "/api/v1/rollouts", 200, status.strip());
        assertAnswer(port, "/api/v1/rollouts/nobody", 404, "there is no change");
        assertAnswer(port, "/q/health/ready", 200, "\"status\": \"UP\"");
        // No change, no metrics; what they are for a change is tested without the jar.
        assertAnswer(port, "/metrics", 200, "");
      } finally {
        end(server);
      }
    }
  }

  @Test
  void withoutADatabaseItIsThereButNotReady() throws Exception {
    int port = freePort();
    String url = "postgresql://app:secret@127.0.0.1:" + freePort() + "/shop";
    Process server = GatefoldJar.start("serve", "--port", String.valueOf(port), "--url", url);
    try {
      waitUntilItListens(server);
      HttpResponse<String> answer = get(port, "/api/v1/rollouts");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/json");
      assertThat(answer.body()).contains("cannot connect to").doesNotContain("secret");
      assertAnswer(port, "/q/health/ready", 503, "cannot connect to");
      assertAnswer(port, "/q/health/live", 200, "\"status\": \"UP\"");
    } finally {
      end(server);
    }
  }

  private void assertAnswer(int port, String path, int status, String part) throws Exception {
    HttpResponse<String> answer = get(port, path);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(answer.body()).as(path).contains(part);
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(
        HttpRequest.newBuilder(uri).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Reads its log up to the line that says so. */
  private static void waitUntilItListens(Process server) throws IOException {
    BufferedReader log =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    String line = log.readLine();
    while (line != null && !line.contains("Listening on")) {
      seen.append(line).append('\n');
      line = log.readLine();
    }
    assertThat(line).as("the server ended early: " + seen).isNotNull();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void end(Process server) throws InterruptedException {
    server.destroy();
    if (!server.waitFor(20, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }
}
