package dev.gatefold.executor;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.engine.KeySink;
import java.util.Optional;

/**
 * What a verification is asked for.
 *
 * @param repair whether rows that differ are repaired
 * @param from the side whose values are right; empty where it goes without saying
 * @param keys wants the key of each row that differs; empty where the first will do
 */
public record VerificationOrder(boolean repair, Optional<Side> from, Optional<KeySink> keys) {

  /** Compares, and names the first that differ. */
  public static final VerificationOrder COMPARE =
      new VerificationOrder(false, Optional.empty(), Optional.empty());

  /** Repairs as well. */
  public static VerificationOrder repairing(Optional<Side> from) {
    return new VerificationOrder(true, from, Optional.empty());
  }
}
