package dev.gatefold.executor.faults.nemesis;

/** When a fault strikes. */
public enum Moment {
  /** Between two commands. */
  REST,
  /** At a named point of the engine, which stands still there meanwhile. */
  POINT,
  /** At whatever instant of the command it happens to be. */
  INSTANT
}
