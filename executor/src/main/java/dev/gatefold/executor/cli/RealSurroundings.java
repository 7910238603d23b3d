package dev.gatefold.executor.cli;

import dev.gatefold.backfill.pace.SystemTicker;
import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;

/** The process that we are in. */
final class RealSurroundings {

  private static final int CONSOLE_WITHOUT_TERMINAL = 22;

  private RealSurroundings() {}

  static Surroundings here() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        new Surroundings.Streams(
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            terminal(environment)),
        environment,
        Path.of(""),
        RealSurroundings::open,
        new Surroundings.Time(InstantSource.system(), new SystemTicker(), new ThreadSleeper()));
  }

  /** JSON is UTF-8 whatever the locale; and Java 17 would put question marks under LANG=C. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static Rollouts open(DatabaseUrl url, TargetSettings settings, boolean debug)
      throws SQLException {
    ConsoleLog.showWarningsOnly(debug);
    return LiveRollouts.open(url, settings);
  }

  /** Whether standard output is a terminal that can draw a line again. */
  private static boolean terminal(Map<String, String> environment) {
    if (environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/1");
    if (Files.isSymbolicLink(descriptor)) {
      try {
        String to = Files.readSymbolicLink(descriptor).toString();
        return to.startsWith("/dev/pts/") || to.startsWith("/dev/tty") || to.equals("/dev/console");
      } catch (IOException e) {
        return false;
      }
    }
    return consoleIsTerminal();
  }

  /**
   * Up to Java 21 there is a console only where both input and output are a terminal; later there
   * always is one, and it can be asked.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean consoleIsTerminal() {
    java.io.Console console = System.console();
    return console != null
        && (Runtime.version().feature() < CONSOLE_WITHOUT_TERMINAL || isTerminal(console));
  }

  /** Calls a method that Java 17 does not have. */
  private static boolean isTerminal(java.io.Console console) {
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
