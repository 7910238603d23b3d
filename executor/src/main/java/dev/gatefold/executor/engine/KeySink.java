package dev.gatefold.executor.engine;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Takes the key of each row that differs: keys alone, for the values are the users'. */
public interface KeySink {

  /** A table's rows are about to be compared. */
  void begin(TableName table);

  /** Rows of that table, in key order. */
  void take(List<Key> keys);

  /** The rows of that table are compared anew: what was taken of it counts for nothing. */
  void anew();
}
