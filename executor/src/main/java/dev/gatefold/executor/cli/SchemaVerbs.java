package dev.gatefold.executor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with a schema as a whole; alone it does nothing. */
@Command(
    name = "schema",
    description = "schema snapshot saves the schema in a file, from which plan --schema plans.")
final class SchemaVerbs implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: gatefold schema snapshot");
  }
}
