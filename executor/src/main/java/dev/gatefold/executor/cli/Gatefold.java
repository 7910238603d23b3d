package dev.gatefold.executor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: holds the options that all verbs share, and insists on a verb. */
@Command(
    name = "gatefold",
    description = "Changes a live PostgreSQL schema in safe, gated, reversible stages.",
    versionProvider = Version.class)
final class Gatefold implements Runnable {

  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Spec private CommandSpec spec;

  GlobalOptions options() {
    return options;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }
}
