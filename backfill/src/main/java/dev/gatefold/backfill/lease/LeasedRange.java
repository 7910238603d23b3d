package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import java.util.Optional;
import java.util.UUID;

/**
 * Rows that one worker may fill. Immutable and thread-safe.
 *
 * @param fence how often the range was given away
 * @param token so that not even a restored copy of the database repeats a fence
 * @param rest what is left of the range
 */
public record LeasedRange(long id, long fence, UUID token, Part part, KeyRange rest) {

  public LeasedRange passed(Key done) {
    return new LeasedRange(id, fence, token, part, new KeyRange(Optional.of(done), rest.end()));
  }

  public boolean isDone() {
    return rest.after().equals(Optional.of(rest.end()));
  }
}
