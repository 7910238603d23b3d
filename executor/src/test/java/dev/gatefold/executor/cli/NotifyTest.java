package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.store.Notice.Event;
import dev.gatefold.executor.store.NotificationStore.Untold;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints in the settings of a target, and commands that tell them. */
class NotifyTest {

  private static final String ENTRY =
      "{url: \"https://${HOST}/T0P\", secret: \"${KEY}\", on: [failed, waiting]}";

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
    command.environment.put("HOST", "hooks.example:8443");
    command.environment.put("KEY", "pass");
  }

  private void settings(String notify) throws IOException {
    Files.writeString(
        folder.resolve("gatefold.yaml"),
        "targets: {prod: {url: postgresql://h/d, notify: %s}}".formatted(notify));
  }

  @Test
  void whatChangesSomethingTellsTheEndpointsOfItsTarget() throws IOException {
    settings("[" + ENTRY + "]");
    assertThat(command.run("pause", "total", "--target", "prod")).isZero();
    Endpoint told = command.rollouts.told.get(0);
    assertThat(told.url()).isEqualTo(URI.create("https://hooks.example:8443/T0P"));
    assertThat(told.secret()).isEqualTo("pass");
    assertThat(told.on()).containsExactlyInAnyOrder(Event.FAILED, Event.WAITING);
    assertThat(told.name()).matches("hooks\\.example:8443/[0-9a-f]{8}");

    command.rollouts.told.clear();
    assertThat(command.run("pause", "total", "--url", "postgresql://h/d")).isZero();
    assertThat(command.rollouts.told).isEmpty();
  }

  @Test
  void whatDidNotArriveIsSaidAndChangesNoExitCode() throws IOException {
    settings("[" + ENTRY + "]");
    assertThat(command.run("pause", "total", "--target", "prod")).isZero();
    String name = command.rollouts.told.get(0).name();
    command.rollouts.untold =
        List.of(
            new Untold(Plans.TOTAL, name, 2, 0, "it answers 500"),
            new Untold(Plans.TOTAL, "somebody else", 1, 0, "no answer"));
    assertThat(command.run("pause", "total", "--target", "prod")).isZero();
    assertThat(command.err())
        .contains(name + ": 2 notifications of total are not delivered: it answers 500")
        .doesNotContain("somebody else", "pass", "T0P");

    command.rollouts.outcome = new Outcome.Waits("busy", "");
    assertThat(command.run("pause", "total", "--target", "prod")).isEqualTo(4);
  }

  @Test
  void statusShowsWhatDidNotArrive() {
    command.rollouts.untold = List.of(new Untold(Plans.TOTAL, "h/1", 3, 1, "it answers 500"));
    assertThat(command.run("status")).isZero();
    assertThat(command.out())
        .contains(
            "webhook h/1: 3 notifications of total are not delivered, 1 given up: it answers");
    assertThat(command.run("status", "-o", "json")).isZero();
    assertThat(command.out())
        .endsWith(
            "\"undelivered\":[{\"change\":\"total\",\"endpoint\":\"h/1\",\"count\":3,"
                + "\"given_up\":1,\"problem\":\"it answers 500\"}]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://x|targets.prod.notify expects a list",
        "[https://x]|targets.prod.notify[0] expects keys and values",
        "[{url: https://h/T0P, secret: \"${KEY}\"}]|notify[0].on expects a list of: waiting, blocked",
        "[{url: https://h/T0P, secret: \"${KEY}\", on: []}]|notify[0].on expects",
        "[{url: https://h/T0P, secret: \"${KEY}\", on: [gone]}]|\"gone\" is none of: waiting",
        "[{url: https://h/T0P, secret: pass, on: [done]}]|must come from the environment",
        "[{url: https://h/T0P, on: [done]}]|notify[0].secret is missing",
        "[{url: https://h/T0P, secret: \"${NONE}\", on: [done]}]|variable NONE, which is not set",
        "[{url: https://h/T0P, secret: \"${EMPTY}\", on: [done]}]|its variable is empty",
        "[{url: ftp://h/T0P, secret: \"${KEY}\", on: [done]}]|notify[0].url must be https://",
        "[{url: https://a:pass@h/T0P, secret: \"${KEY}\", on: [done]}]|without a user",
        "[{url: 'https://h/T0P x', secret: \"${KEY}\", on: [done]}]|notify[0].url must be",
        "[{url: https://h/T0P, secret: \"${KEY}\", on: [done], of: 1}]|unknown key \"of\"",
        "[{url: https://h/T0P, secret: \"${KEY}\", on: [done]},"
            + " {url: https://h/T0P, secret: \"${KEY}\", on: [failed]}]|names one url twice"
      })
  void wrongSettingsAreToldBeforeAnythingIsDone(String notify, String told) throws IOException {
    command.environment.put("EMPTY", "");
    settings(notify);
    assertThat(command.run("pause", "total", "--target", "prod")).isEqualTo(2);
    assertThat(command.err()).startsWith("gatefold: ").contains(told);
    assertThat(command.err()).doesNotContain("pass", "T0P");
    assertThat(command.rollouts.asked).isEmpty();
  }
}
