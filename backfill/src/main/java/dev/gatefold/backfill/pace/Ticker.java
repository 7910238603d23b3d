package dev.gatefold.backfill.pace;

/** A clock that only measures how long something took and never jumps. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since some fixed but unknown instant. */
  long nanos();
}
