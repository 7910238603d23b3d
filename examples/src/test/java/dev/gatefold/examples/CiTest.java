package dev.gatefold.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.testing.TestDatabase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipelines of the examples, step by step, on a database. */
class CiTest {

  private static final Path CI = Path.of("ci");
  private static final Path CHANGE = Path.of("rename-a-column", "change.yaml");
  private static final List<String> RELEASE =
      List.of(
          "gatefold submit --target",
          "gatefold promote expand",
          "gatefold promote backfill",
          "kubectl set image",
          "kubectl rollout status",
          "gatefold promote retire");

  private final List<String> told = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private HttpServer hook;
  private TestDatabase database;
  private Pipeline pipeline;

  @BeforeEach
  void start() throws Exception {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          told.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
    database = TestDatabase.create();
    database.execute(Files.readString(CHANGE.resolveSibling("before.sql")));
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(database.url()))) {
      rollouts.init();
    }
    pipeline =
        Pipeline.in(
            folder,
            Map.of(
                "PROD_URL",
                database.url(),
                "HOOK_URL",
                "http://127.0.0.1:" + hook.getAddress().getPort(),
                "HOOK_SECRET",
                "a secret"));
  }

  @AfterEach
  void end() throws Exception {
    hook.stop(0);
    database.close();
  }

  private String state() throws Exception {
    return database.queryLines("SELECT state FROM gatefold.rollout").get(0);
  }

  private void succeeds(Map<String, String> environment, List<String> command) throws Exception {
    Pipeline.Ended ended = pipeline.run(environment, command);
    assertThat(ended.exitCode()).as("%s: %s", command, ended.said()).isZero();
  }

  @Test
  void theWorkflowsTakeAChangeFromTheFirstStageToTheLast() throws Exception {
    pipeline.file("gatefold.yaml", Files.readString(CI.resolve("gatefold.yaml")));
    pipeline.file("db/changes/users-full-name.yaml", Files.readString(CHANGE));
    workflow("github-release.yaml");
    assertThat(pipeline.calls()).containsExactlyElementsOf(RELEASE);
    assertThat(state()).isEqualTo("retired");
    // Whoever runs it again, for a step of another kind that failed, does no harm.
    workflow("github-release.yaml");
    assertThat(state()).isEqualTo("retired");

    // The first morning it waits, and that is no failure.
    workflow("github-drop.yaml");
    assertThat(state()).isEqualTo("retired");
    assertThat(told).hasSize(4).last().asString().contains("\"event\" : \"waiting\"");
    database.asSuperuser(
        """
        ALTER TABLE gatefold.history DISABLE TRIGGER append_only;
        UPDATE gatefold.history SET at = at - interval '7 days'""");
    workflow("github-drop.yaml");
    assertThat(state()).isEqualTo("completed");
    assertThat(told).hasSize(5).last().asString().contains("\"state\" : \"completed\"");
  }

  /** Runs the jobs one after the other; that they wait for each other is looked at. */
  private void workflow(String file) throws Exception {
    Yaml workflow = Yaml.documents(CI.resolve(file)).get(0);
    Map<String, String> environment = new HashMap<>(Map.of("GITHUB_REF_NAME", "v2"));
    workflow.at("env").entries().forEach((name, value) -> environment(environment, name, value));
    List<String> before = new ArrayList<>();
    for (Map.Entry<String, Yaml> job : workflow.at("jobs").entries().entrySet()) {
      assertThat(job.getValue().at("runs-on").text()).isNotBlank();
      if (!before.isEmpty()) {
        assertThat(job.getValue().at("needs").text()).isEqualTo(before.get(before.size() - 1));
      }
      before.add(job.getKey());
      for (Yaml step : job.getValue().at("steps").list()) {
        if (step.has("run")) {
          succeeds(environment, List.of("sh", "-ec", step.at("run").text()));
        }
      }
    }
  }

  /** Plain values are set; secrets come from the runner. */
  private static void environment(Map<String, String> environment, String name, Yaml value) {
    if (value.text().startsWith("${{")) {
      assertThat(value.text()).isEqualTo("${{ secrets.%s }}", name);
    } else {
      environment.put(name, value.text());
    }
  }

  @Test
  void theDropWaitsWithoutFailingAndFailsWhereItMust() throws Exception {
    pipeline.file("gatefold.yaml", Files.readString(CI.resolve("gatefold.yaml")));
    Yaml workflow = Yaml.documents(CI.resolve("github-drop.yaml")).get(0);
    List<String> script =
        List.of("sh", "-ec", workflow.at("jobs", "drop", "steps", "1", "run").text());
    pipeline.file("bin/gatefold", "#!/bin/sh\nexit 4\n");
    assertThat(pipeline.run(Map.of("CHANGE", "x"), script).exitCode()).isZero();
    pipeline.file("bin/gatefold", "#!/bin/sh\nexit 7\n");
    assertThat(pipeline.run(Map.of("CHANGE", "x"), script).exitCode()).isEqualTo(7);
  }

  @Test
  void theJobsTakeAChangeThroughARelease() throws Exception {
    List<Yaml> objects = Yaml.documents(CI.resolve("kubernetes.yaml"));
    int wave = 0;
    for (Yaml object : objects) {
      Yaml annotations = object.at("metadata", "annotations");
      int own = Integer.parseInt(annotations.at("argocd.argoproj.io/sync-wave").text());
      assertThat(own).isGreaterThanOrEqualTo(wave);
      wave = own;
    }
    for (Map.Entry<String, Yaml> file :
        named(objects, "gatefold").at("data").entries().entrySet()) {
      pipeline.file(file.getKey(), file.getValue().text());
    }
    Process worker = pipeline.start(Map.of(), command(named(objects, "gatefold-worker")));
    try {
      succeeds(Map.of(), command(named(objects, "users-full-name-prepare")));
      assertThat(state()).isEqualTo("backfilled");
      // A node was drained, and the Job's next pod begins anew.
      succeeds(Map.of(), command(named(objects, "users-full-name-prepare")));
      succeeds(Map.of(), command(named(objects, "users-full-name-retire")));
      assertThat(state()).isEqualTo("retired");
    } finally {
      worker.destroy();
      worker.waitFor();
    }
  }

  private static Yaml named(List<Yaml> objects, String name) {
    return objects.stream()
        .filter(it -> it.at("metadata", "name").text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> command(Yaml object) {
    return object.at("spec", "template", "spec", "containers", "0", "command").list().stream()
        .map(Yaml::text)
        .toList();
  }
}
