package dev.gatefold.executor.cli;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.cli.text.BackfillLines;
import dev.gatefold.executor.cli.text.Console;
import dev.gatefold.executor.cli.text.OutcomeText;
import dev.gatefold.executor.cli.text.ProgressLines;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.Json;
import dev.gatefold.executor.report.OutcomeShape;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of the command line: the options given, and what every verb needs of its surroundings.
 */
final class Call {

  private final GlobalOptions options;
  private final Surroundings surroundings;
  private final NamedServers servers;
  private @Nullable Console console;

  Call(GlobalOptions options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
    this.servers = new NamedServers(options, surroundings);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Surroundings.Time time() {
    return surroundings.time();
  }

  /** Made when first asked for: before the options are read nobody knows about colours. */
  Console console() {
    if (console == null) {
      Surroundings.Streams streams = surroundings.streams();
      boolean colour =
          !options.noColor && surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty();
      console = new Console(streams.out(), streams.err(), streams.terminal(), colour);
    }
    return console;
  }

  Format format() {
    return options.format == null ? Format.TEXT : options.format;
  }

  boolean json() {
    return format() == Format.JSON;
  }

  boolean debug() {
    return options.debug;
  }

  void print(Object shape) {
    console().line(Json.write(shape));
  }

  /** The database that the options or the environment name. */
  DatabaseUrl database() {
    return servers.database();
  }

  /** For what does without a database: it would be wrong to leave out without a word which one. */
  void requireNoDatabase(String option) {
    if (options.url != null || options.target != null) {
      throw CommandFailure.usage(
          option + " plans without a database, but --url or --target names one",
          "Leave out one of the two.");
    }
  }

  /** Asks the database something. */
  <R> R ask(Question<R> question) throws Exception {
    DatabaseUrl url = database();
    try (Rollouts rollouts = open(url)) {
      return question.ask(rollouts);
    } catch (SQLException e) {
      throw CommandFailure.database(url, e);
    }
  }

  /** Changes something; an interruption in the middle is an outcome. */
  Outcome work(Work work) throws Exception {
    DatabaseUrl url = database();
    List<Endpoint> endpoints = endpoints();
    BegunListener listener =
        new BegunListener(json() ? Optional.empty() : Optional.of(progressLines()));
    Farewell farewell = Farewell.with(console(), listener);
    try (Rollouts rollouts = open(url)) {
      Outcome outcome = work.work(rollouts, listener);
      new Telling(console(), rollouts).of(endpoints);
      return outcome;
    } catch (SQLException e) {
      if (debug()) {
        console().stackTrace(e);
      }
      return Interruption.of(url, e, listener.begun());
    } finally {
      farewell.withdraw();
    }
  }

  private Rollouts open(DatabaseUrl url) {
    try {
      return connect();
    } catch (SQLException e) {
      throw CommandFailure.database(url, e);
    }
  }

  /** Connects to the database, for whoever knows what to do if that fails. */
  Rollouts connect() throws SQLException {
    return surroundings.opener().open(database(), servers.settings(), debug());
  }

  /** Who is told of what happens. */
  List<Endpoint> endpoints() {
    return servers.endpoints();
  }

  /** Where the target's Kafka is. */
  Optional<Brokers> brokers() {
    return servers.settings().brokers();
  }

  ProgressLines progressLines() {
    return new ProgressLines(console(), time().ticker());
  }

  ProgressListener backfillLines(ChangeName backfill) {
    return new BackfillLines(console(), time().ticker(), backfill);
  }

  /** Says how a command ended. */
  int finish(@Nullable ChangeName change, Outcome outcome) {
    if (json()) {
      print(OutcomeShape.of(change == null ? null : change.value(), outcome));
    } else {
      OutcomeText.print(console(), outcome);
    }
    return ExitCode.of(outcome);
  }

  /** Something to ask. */
  @FunctionalInterface
  interface Question<R> {
    R ask(Rollouts rollouts) throws Exception;
  }

  /** Something to do. */
  @FunctionalInterface
  interface Work {
    Outcome work(Rollouts rollouts, BegunListener listener) throws Exception;
  }
}
