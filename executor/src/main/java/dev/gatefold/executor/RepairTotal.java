package dev.gatefold.executor;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.backfill.verify.Tally;
import dev.gatefold.executor.engine.RepairRunner.Repaired;
import dev.gatefold.executor.engine.StepResult;
import dev.gatefold.executor.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came of repairs of several tables. Not thread-safe. */
final class RepairTotal {

  private final Side from;
  private final List<BadRow> left = new ArrayList<>();
  private long rows;
  private long mismatches;

  RepairTotal(Side from) {
    this.from = from;
  }

  void add(Repaired repaired) {
    rows += repaired.rows();
    if (repaired.result() instanceof StepResult.Differs differs) {
      mismatches += differs.mismatches();
      differs.rows().stream().limit(Tally.LISTED - left.size()).forEach(left::add);
    }
  }

  String words() {
    return "%d repaired from the %s side".formatted(rows, from.name().toLowerCase(Locale.ROOT));
  }

  /** What is left, if anything. */
  Optional<Outcome> differences(String again) {
    return mismatches == 0
        ? Optional.empty()
        : Optional.of(
            new Outcome.Differs(
                "%s, %d rows still differ between old and new shape".formatted(words(), mismatches),
                mismatches,
                left,
                "Mend those rows by hand with plain UPDATEs, then: " + again));
  }
}
