package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.Wording;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Saves the schema of a database. */
@Command(
    name = "snapshot",
    description = "Writes the schema, without rows, roles' passwords and options of servers.")
final class SaveSnapshot extends Verb {

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Where to; standard output if left out. A file that is there is replaced.")
  private @Nullable String file;

  SaveSnapshot(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.of(Format.TEXT);
  }

  @Override
  int run(Call call) throws Exception {
    SchemaSnapshot snapshot = call.ask(rollouts -> rollouts.snapshot());
    String text = SnapshotFile.write(snapshot);
    if (file == null) {
      call.console().line(text.stripTrailing());
    } else {
      write(call, file, text);
      call.console()
          .line(
              "Wrote %s: %s of PostgreSQL %d, for the role %s."
                  .formatted(
                      file,
                      Wording.count(snapshot.objects().size(), "object"),
                      snapshot.source().version(),
                      snapshot.source().role()));
      call.console().line("Next: gatefold plan --schema %s FILE".formatted(file));
    }
    if (!snapshot.underWay().isEmpty()) {
      call.console()
          .error(
              "gatefold: a change is under way on %s: the snapshot shows these tables between two shapes"
                  .formatted(String.join(", ", snapshot.underWay())));
      call.console().error("  Take it again when the change is completed.");
    }
    return ExitCode.DONE;
  }

  private static void write(Call call, String file, String text) {
    Path path = call.surroundings().folder().resolve(file);
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write " + file + ": " + e.getMessage(), "Name a file that you may write.");
    }
  }
}
