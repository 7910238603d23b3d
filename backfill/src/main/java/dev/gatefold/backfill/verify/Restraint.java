package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.throttle.Throttle;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What a pass holds back for. Immutable and thread-safe.
 *
 * @param rowsPerSecond asked before each range, since it may change; empty for no bound
 */
public record Restraint(Throttle throttle, Supplier<OptionalLong> rowsPerSecond) {

  public static final Restraint NONE = new Restraint(Throttle.OPEN, OptionalLong::empty);
}
