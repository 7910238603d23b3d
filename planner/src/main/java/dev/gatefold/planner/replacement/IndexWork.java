package dev.gatefold.planner.replacement;

import dev.gatefold.planner.plan.Step;
import java.util.List;

/** How an index is built over the new columns, swapped, and built again over the old ones. */
interface IndexWork {

  List<Step> build(CarriedIndex carried);

  /**
   * Inside the swap. The unique index over the old columns goes: with both in place an UPSERT on
   * one can fail on the other.
   */
  List<String> swap(CarriedIndex carried);

  /** Before the swap is taken back: the unique index over the hidden old columns, once more. */
  List<Step> rebuildOld(CarriedIndex carried);

  /** Inside the swap that is taken back. */
  List<String> swapBack(CarriedIndex carried);

  /** Inside the swap, once the new columns refuse NULL: the index becomes the primary key. */
  default List<String> promote(CarriedIndex carried) {
    return List.of();
  }

  /** Inside the swap that is taken back, before the new columns may be NULL again. */
  default List<String> demote(CarriedIndex carried) {
    return List.of();
  }

  /** What the table says of the index by name, once that name means the right one. */
  default List<String> marks(CarriedIndex carried) {
    return List.of();
  }

  /**
   * Before the swap is taken back: the primary key over the new columns will go with its index, and
   * what was there before the swap is a unique index.
   */
  default List<Step> rebuildNew(CarriedIndex carried) {
    return List.of();
  }
}
