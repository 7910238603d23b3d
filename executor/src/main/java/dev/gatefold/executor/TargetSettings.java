package dev.gatefold.executor;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.Gates;
import java.util.Optional;

/**
 * What is known about a database beside its address.
 *
 * @param floor what its gates ask for, whatever a change's file says
 * @param brokers through which changes can be followed
 */
public record TargetSettings(Standbys standbys, Gates floor, Optional<Brokers> brokers) {

  /** Nothing. */
  public static final TargetSettings NONE = of(Standbys.NONE);

  /** A database of which only the standbys are known. */
  public static TargetSettings of(Standbys standbys) {
    return of(standbys, Gates.NONE);
  }

  /** One without Kafka. */
  public static TargetSettings of(Standbys standbys, Gates floor) {
    return new TargetSettings(standbys, floor, Optional.empty());
  }
}
