package dev.gatefold.executor.cli;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All changes of a folder through all stages, for development. */
@Command(
    name = "up",
    description = "Takes all *.yaml of a folder, by name, through all stages without asking.")
final class Up extends Verb {

  /** Nobody asks here, as nobody would answer: who still uses the old shape is the developer. */
  private static final String REASON = "gatefold up, for development";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder. Without it: this one.")
  private String folder;

  @Option(names = "--to", paramLabel = "STAGE", description = "Goes no further than this stage.")
  private @Nullable StageName to;

  Up(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    // All files are read before the first is applied: a typing error shall not stop half-way.
    List<Read> files = read(call);
    int exitCode = ExitCode.DONE;
    for (Read file : files) {
      Outcome outcome = call.work((rollouts, listener) -> apply(file, rollouts, listener));
      exitCode = call.finish(file.change().name(), outcome);
      if (exitCode != ExitCode.DONE) {
        break;
      }
    }
    return exitCode;
  }

  private record Read(InputFile file, Change change) {}

  private List<Read> read(Call call) throws ChangeFileException {
    List<Read> files = new ArrayList<>();
    for (String name : names(call.surroundings().folder().resolve(folder))) {
      InputFile file = InputFile.read(call, Path.of(folder).resolve(name).normalize().toString());
      files.add(new Read(file, file.change()));
    }
    return files;
  }

  private List<String> names(Path path) {
    try (Stream<Path> entries = Files.list(path)) {
      List<String> names =
          entries
              .filter(Files::isRegularFile)
              .map(entry -> String.valueOf(entry.getFileName()))
              .filter(name -> name.endsWith(".yaml") && !name.equals(Targets.FILE))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw CommandFailure.usage(
            "there is no change file in " + folder, "Make one: gatefold new NAME");
      }
      return names;
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read the folder " + folder, "Name one that exists.");
    }
  }

  private Outcome apply(Read file, Rollouts rollouts, BegunListener listener) throws SQLException {
    Outcome outcome = rollouts.submit(file.change(), file.file().text());
    Optional<StageName> next = next(file, rollouts);
    while (ExitCode.of(outcome) == ExitCode.DONE && next.isPresent()) {
      StageName stage = next.get();
      outcome =
          rollouts.promote(file.change().name(), PromotionOrder.answering(stage, REASON), listener);
      next = next(file, rollouts).filter(it -> it.compareTo(stage) > 0);
    }
    return ExitCode.of(outcome) == ExitCode.DONE
        ? new Outcome.Done(file.change().name() + " is " + word(file, rollouts) + ".", "")
        : outcome;
  }

  private Optional<StageName> next(Read file, Rollouts rollouts) throws SQLException {
    return rollouts
        .find(file.change().name())
        .flatMap(Rollout::next)
        .filter(stage -> to == null || stage.compareTo(to) <= 0);
  }

  private static String word(Read file, Rollouts rollouts) throws SQLException {
    return rollouts.find(file.change().name()).map(it -> it.state().word()).orElse("submitted");
  }
}
