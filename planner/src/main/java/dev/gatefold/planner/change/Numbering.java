package dev.gatefold.planner.change;

import dev.gatefold.planner.change.AddColumn.Identity;
import dev.gatefold.planner.draft.SequenceOptions;
import java.util.Optional;

/** Whether and how the server shall number the rows in a column that is there. */
public sealed interface Numbering {

  /**
   * It does.
   *
   * @param kind whether applications may write numbers of their own; empty to leave that as it is
   */
  record Counting(Optional<Identity> kind, SequenceOptions sequence) implements Numbering {}

  /** From now on it does not. */
  record Ended() implements Numbering {}
}
