package dev.gatefold.executor.cli;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.cli.text.Console;
import dev.gatefold.executor.notify.Endpoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Tells the endpoints of a target what a command did, at its end. */
final class Telling {

  /** Whoever waits for the prompt should not wait for somebody else's server. */
  private static final Duration BRIEFLY = Duration.ofSeconds(3);

  private final Console console;
  private final Rollouts rollouts;

  Telling(Console console, Rollouts rollouts) {
    this.console = console;
    this.rollouts = rollouts;
  }

  /** Whatever goes wrong here changes nothing about how the command ended. */
  void of(List<Endpoint> endpoints) {
    if (endpoints.isEmpty()) {
      return;
    }
    List<String> names = endpoints.stream().map(Endpoint::name).toList();
    try {
      rollouts.tell(endpoints, BRIEFLY);
      rollouts.untold().stream()
          .filter(it -> names.contains(it.endpoint()) && it.givenUp() < it.count())
          .forEach(it -> later("webhook %s: %s".formatted(it.endpoint(), it.sentence())));
    } catch (SQLException e) {
      later("the webhooks were not told yet: the database does not answer any more");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      later("the webhooks were not told yet");
    }
  }

  private void later(String what) {
    console.error("gatefold: " + what);
    console.error("  It is sent later, by gatefold work or by the next command with --target.");
  }
}
