package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.BackfillOutcome;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.planner.change.ChangeName;
import java.util.List;

/**
 * What follows when the engine returns.
 *
 * @param state what the run is then; {@code RUNNING} where it is for somebody else to end it
 * @param words for the record
 * @param anew whether the next run has to plan once more
 */
record Ending(State state, String words, boolean anew, Outcome outcome) {

  /**
   * Ends of the run of a backfill.
   *
   * @param warning what a run that passed all rows may have left out; empty where nothing is
   */
  record Of(ChangeName name, String warning) implements BackfillOutcome.Cases<Ending> {

    private static final String AGAIN = "then run the same command again.";

    @Override
    public Ending finished(BackfillOutcome.Finished it) {
      String words = "%d rows passed".formatted(it.rows());
      return new Ending(
          State.DONE,
          words,
          false,
          new Outcome.Done(
              "%s is done: %s".formatted(name, words),
              warning.isEmpty() ? "What it cost: gatefold backfill list" : warning));
    }

    @Override
    public Ending paused(BackfillOutcome.Paused it) {
      return new Ending(
          State.CANCELLED,
          it.reason(),
          false,
          new Outcome.Stopped(
              "", it.reason(), List.of(), "Rows that were written stay as they are now."));
    }

    @Override
    public Ending ownerLost(BackfillOutcome.OwnerLost it) {
      return new Ending(
          State.RUNNING,
          it.reason(),
          false,
          new Outcome.Stopped("", it.reason(), List.of(), "See gatefold backfill list."));
    }

    @Override
    public Ending unconvertible(BackfillOutcome.Unconvertible it) {
      String first =
          it.rows().stream()
              .findFirst()
              .map(row -> ": " + row.key() + ": " + row.reason())
              .orElse("");
      return new Ending(
          State.FAILED,
          "rows for which the server refuses the new values" + first,
          false,
          new Outcome.Stopped(
              "",
              "rows for which the server refuses the new values (others may follow)",
              it.rows(),
              "Mend those rows with plain UPDATEs, " + AGAIN));
    }

    /** All others are done. */
    Ending kept(List<BadRow> rows) {
      String words =
          "%d rows cannot be given their new values and were left as they are"
              .formatted(rows.size());
      return new Ending(
          State.FAILED,
          words,
          true,
          new Outcome.Stopped("", words, rows, "Mend those rows with plain UPDATEs, " + AGAIN));
    }

    @Override
    public Ending stopped(BackfillOutcome.Stopped it) {
      return new Ending(
          State.FAILED,
          it.reason(),
          true,
          new Outcome.Stopped(
              "", it.reason(), List.of(), "See whether the file still fits the table, " + AGAIN));
    }
  }
}
