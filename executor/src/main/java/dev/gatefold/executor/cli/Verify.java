package dev.gatefold.executor.cli;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.VerificationOrder;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares old and new shape of every row, and repairs those that differ. */
@Command(
    name = "verify",
    description = "Compares old and new shape of every row, prints the keys that differ.")
final class Verify extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  @Option(
      names = "--repair",
      description = "Repairs rows that differ, in batches, and compares them again.")
  private boolean repair;

  @Option(
      names = "--from",
      paramLabel = "SIDE",
      description =
          "With --repair: which side is right, old or new. Needed once both are written to.")
  private @Nullable Side from;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "Writes the key of each row that differs to a file, as CSV: table, key.")
  private @Nullable Path keys;

  Verify(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    if (from != null && !repair) {
      throw CommandFailure.usage(
          "--from says from which side --repair takes the values",
          "Add --repair, or leave it out.");
    }
    if (keys == null) {
      return call.finish(change, verify(call, Optional.empty()));
    }
    try (KeyFile file = KeyFile.create(keys)) {
      return call.finish(change, verify(call, Optional.of(file)));
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.usage(
          "the keys cannot be written to %s: %s".formatted(keys, e.getMessage()),
          "Name a file that can be written after --keys.");
    }
  }

  private Outcome verify(Call call, Optional<KeyFile> file) throws Exception {
    VerificationOrder order =
        new VerificationOrder(repair, Optional.ofNullable(from), file.map(it -> it));
    return call.work((rollouts, listener) -> rollouts.verify(change, order, listener));
  }
}
