package dev.gatefold.executor.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The entry point. Verbs run as plain Java; only {@link Serve} starts Quarkus. */
@QuarkusMain
public final class GatefoldMain {
  private GatefoldMain() {}

  public static void main(String[] args) {
    ConsoleLog.useQuarkusLogManager();
    CommandLine commandLine = new CommandLine(new Gatefold());
    commandLine.setExecutionStrategy(GatefoldMain::run);
    System.exit(commandLine.execute(args));
  }

  private static int run(ParseResult parsed) {
    Object verb =
        parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1).getCommand();
    if (!(verb instanceof Serve || asksForHelp(parsed))) {
      ConsoleLog.showWarningsOnly();
    }
    return new RunLast().execute(parsed);
  }

  private static boolean asksForHelp(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(it -> it.isUsageHelpRequested() || it.isVersionHelpRequested());
  }
}
