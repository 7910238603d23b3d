package dev.gatefold.executor;

import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.Gates;

/**
 * What is known about a database beside its address.
 *
 * @param floor what its gates ask for, whatever a change's file says
 */
public record TargetSettings(Standbys standbys, Gates floor) {

  /** Nothing. */
  public static final TargetSettings NONE = of(Standbys.NONE);

  /** A database of which only the standbys are known. */
  public static TargetSettings of(Standbys standbys) {
    return new TargetSettings(standbys, Gates.NONE);
  }
}
