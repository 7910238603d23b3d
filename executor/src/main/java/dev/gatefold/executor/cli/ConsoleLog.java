package dev.gatefold.executor.cli;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Where the libraries' log goes. Quarkus holds every record back until it has booted, which a plain
 * verb never does; so a plain verb opens the gate itself, for warnings and worse.
 */
final class ConsoleLog {
  private ConsoleLog() {}

  /** Must come before anything logs: the first logger settles which log manager the JVM has. */
  static void useQuarkusLogManager() {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  /**
   * Shows what the libraries warn of, with stack traces only for those who look for a bug. Flyway
   * calls a broken connection a reason to restore backups; the outcome of the command says it
   * right.
   */
  static void showWarningsOnly(boolean debug) {
    Logger.getLogger("").setLevel(Level.WARNING);
    if (!debug) {
      FlywayLog.LOGGER.setLevel(Level.OFF);
    }
    ConsoleHandler console =
        new ConsoleHandler(
            ConsoleHandler.Target.SYSTEM_ERR,
            new PatternFormatter(debug ? "%p: %s%e%n" : "%p: %s%n"));
    InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
  }

  /** Kept, for a logger that nobody holds forgets its level. */
  private static final class FlywayLog {
    static final Logger LOGGER = Logger.getLogger("org.flywaydb");
  }
}
