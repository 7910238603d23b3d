package dev.gatefold.executor.cli;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a change file to start from. */
@Command(name = "new", description = "Writes NAME.yaml, a commented change file to start from.")
final class NewFile extends Verb {

  @Parameters(paramLabel = "NAME", description = "The name of the change: [a-z0-9-], up to 50.")
  private ChangeName change;

  NewFile(Call call) {
    super(call);
  }

  @Override
  int run(Call call) {
    String file = change + ".yaml";
    Path path = call.surroundings().folder().resolve(file);
    try {
      Files.writeString(
          path,
          Resource.text("new-change.yaml").replace("@NAME@", change.value()),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(
          file + " exists already and was left as it is", "Choose another name.");
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write " + file + ": " + e.getMessage(), "Go to a folder that you may write to.");
    }
    return call.finish(
        change,
        new Outcome.Done("Wrote " + file + ".", "Next: edit it, then: gatefold plan " + file));
  }
}
