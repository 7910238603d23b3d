package dev.gatefold.executor.faults.history;

import java.util.List;

/**
 * One transaction of a client, once its outcome is known.
 *
 * @param invoked the tick at which it was sent
 * @param completed the tick at which its outcome was known
 */
public record Transaction(
    long id, int client, long invoked, long completed, Outcome outcome, List<Write> writes) {

  /** What became of it. One of unknown outcome is looked up by its mark before it gets here. */
  public enum Outcome {
    COMMITTED,
    ABORTED
  }

  public Transaction {
    writes = List.copyOf(writes);
  }

  public boolean committed() {
    return outcome == Outcome.COMMITTED;
  }
}
