package dev.gatefold.executor.cli;

import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the command line against a fake, with a clock that moves only while it sleeps. */
final class CommandRun {

  static final String URL = "postgresql://app:secret@db.example:5433/shop";

  final FakeRollouts rollouts = new FakeRollouts();
  final Map<String, String> environment = new HashMap<>(Map.of("GATEFOLD_URL", URL));
  @Nullable SQLException openFailure;
  @Nullable Opener opener;
  boolean terminal;
  String input = "";
  String opened = "";
  List<String> standbys = List.of();
  TargetSettings settings = TargetSettings.NONE;
  Duration passed = Duration.ZERO;
  Duration interrupted = Duration.ofDays(1);

  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandRun(Path folder) {
    this.folder = folder;
  }

  int run(String... args) {
    out.reset();
    err.reset();
    Surroundings surroundings =
        new Surroundings(
            new Surroundings.Streams(
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal),
            environment,
            folder,
            opener == null ? this::open : opener,
            new Surroundings.Time(
                () -> Plans.NOON.plus(passed),
                () -> passed.toNanos(),
                pause -> {
                  passed = passed.plus(pause);
                  if (passed.compareTo(interrupted) > 0) {
                    throw new InterruptedException();
                  }
                }));
    return new Program(surroundings).run(args);
  }

  private FakeRollouts open(DatabaseUrl url, TargetSettings named, boolean debug)
      throws SQLException {
    if (openFailure != null) {
      throw openFailure;
    }
    opened = url.jdbc();
    settings = named;
    standbys = named.standbys().all().stream().map(it -> it.url().jdbc()).toList();
    return rollouts;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  List<String> lines() {
    return out().lines().toList();
  }
}
