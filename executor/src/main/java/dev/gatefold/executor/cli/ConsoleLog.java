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

  static void showWarningsOnly() {
    Logger.getLogger("").setLevel(Level.WARNING);
    ConsoleHandler console =
        new ConsoleHandler(ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter("%p: %s%e%n"));
    InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
  }
}
