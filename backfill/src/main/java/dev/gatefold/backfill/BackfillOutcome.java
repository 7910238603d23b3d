package dev.gatefold.backfill;

import dev.gatefold.backfill.range.BadRow;
import java.util.List;

/**
 * Why a backfill returned. Whatever the reason, all batches before it are committed and the next
 * run goes on from there. Immutable and thread-safe.
 */
public sealed interface BackfillOutcome {

  <R> R match(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R finished(Finished outcome);

    R paused(Paused outcome);

    R ownerLost(OwnerLost outcome);

    R unconvertible(Unconvertible outcome);

    R stopped(Stopped outcome);
  }

  /**
   * Every row is in its new shape.
   *
   * @param rows rows passed by this run and earlier ones
   */
  record Finished(long rows) implements BackfillOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.finished(this);
    }
  }

  /** Somebody asked for a pause. */
  record Paused(String reason) implements BackfillOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.paused(this);
    }
  }

  /** Another worker owns the rows now. */
  record OwnerLost(String reason) implements BackfillOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerLost(this);
    }
  }

  /**
   * Rows whose new value the server refuses; to be mended before the next run.
   *
   * @param rows all of the batch that failed, in order
   */
  record Unconvertible(List<BadRow> rows) implements BackfillOutcome {

    public Unconvertible {
      rows = List.copyOf(rows);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unconvertible(this);
    }
  }

  /** The table is not what the plan was made for. */
  record Stopped(String reason) implements BackfillOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopped(this);
    }
  }
}
