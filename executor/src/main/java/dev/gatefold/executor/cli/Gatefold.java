package dev.gatefold.executor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: names the verbs and insists on one. */
@Command(
    name = "gatefold",
    description = "Changes a live PostgreSQL schema in safe, gated, reversible phases.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = Serve.class)
final class Gatefold implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
