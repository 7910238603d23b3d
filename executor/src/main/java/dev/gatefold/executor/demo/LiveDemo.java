package dev.gatefold.executor.demo;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.cli.text.Console;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.demo.traffic.Traffic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Starts a server, fills a table, tells the story, and leaves nothing behind. */
public final class LiveDemo {

  /** What a shell expects of a process that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  private final Narrator narrator;
  private final Settings settings;

  public LiveDemo(Console console, Settings settings) {
    this.narrator = new Narrator(console);
    this.settings = settings;
  }

  /** Returns the exit code. */
  public int run() throws SQLException, IOException, InterruptedException {
    narrator.title("Gatefold demo: three breaking changes to a table that is in use all the time");
    // Ctrl-C stops the server under our feet; what fails then is no news.
    Runtime.getRuntime().addShutdownHook(new Thread(narrator::fallSilent, "demo end"));
    long began = System.nanoTime();
    try (DemoDatabase database = DemoDatabase.start()) {
      database.fill(settings.rows());
      narrator.say(
          "PostgreSQL on port %d, for this demo only; table orders: %s. Ready after %s."
              .formatted(
                  database.port(), Figures.rows(settings.rows()), Figures.seconds(since(began))));
      int exitCode = run(database);
      narrator.say("All of it took " + Figures.seconds(since(began)) + ".");
      return exitCode;
    } catch (SQLException | IOException e) {
      if (narrator.silent()) {
        return INTERRUPTED;
      }
      throw e;
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Tells the story on a database that is filled. */
  int run(DemoDatabase database) throws SQLException, IOException, InterruptedException {
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(database.url()));
        Connection connection = database.connect();
        Traffic traffic = new Traffic(database.applicationUrl(), settings.rows())) {
      rollouts.init();
      return new Story(new Scene(database, connection, rollouts, traffic, narrator, settings))
          .tell()
          .exitCode();
    }
  }
}
