package dev.gatefold.executor.filling;

import dev.gatefold.executor.store.SpeedStore.Heard;
import java.time.Instant;
import java.util.List;

/**
 * How the backfill of a change is doing. Immutable and thread-safe.
 *
 * @param steered values that were given since and that the file does not have
 * @param heard what its workers said, a table each
 * @param badRows how many rows cannot be converted and were left as they are
 */
public record Filling(List<Steered> steered, List<Heard> heard, long badRows) {

  /** There is nothing to say. */
  public static final Filling NONE = new Filling(List.of(), List.of(), 0);

  public Filling {
    steered = List.copyOf(steered);
    heard = List.copyOf(heard);
  }

  /**
   * One value that counts instead of the file's.
   *
   * @param setting its key in the file
   * @param by the database's session user
   */
  public record Steered(String setting, String value, String file, String by, Instant at) {}
}
