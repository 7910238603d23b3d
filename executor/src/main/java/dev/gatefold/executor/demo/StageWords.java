package dev.gatefold.executor.demo;

import dev.gatefold.planner.plan.StageName;

/** What the stages do, for somebody who meets them for the first time. */
final class StageWords {

  private StageWords() {}

  static String of(StageName stage) {
    return switch (stage) {
      case EXPAND -> "adds the new column beside the old one, and triggers that keep both in step";
      case BACKFILL -> "fills the new column in small batches, builds its indexes, compares rows";
      case RETIRE -> "takes the old column out of reach; a rollback brings it back at once";
      case DROP -> "removes the old column: the only step that cannot be taken back";
    };
  }
}
