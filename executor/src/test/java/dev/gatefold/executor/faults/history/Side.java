package dev.gatefold.executor.faults.history;

/** The shape of a column that an application knows. */
public enum Side {
  OLD,
  NEW
}
