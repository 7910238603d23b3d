package dev.gatefold.executor.faults.history;

import java.util.List;
import java.util.Optional;

/**
 * What a row is from one committed write to the next.
 *
 * @param invoked when the write that made it was sent
 * @param completed when its commit was known
 * @param cells empty for a row that is not there
 */
record State(long version, long invoked, long completed, Optional<List<Cell>> cells) {

  static final State NEVER = new State(-1, 0, 0, Optional.empty());
}
