package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.BadRow;
import java.util.List;

/** Why a verification returned. Only a whole pass says anything about the rows. Immutable. */
public sealed interface Verification {

  <R> R match(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R verified(Verified outcome);

    R paused(Paused outcome);

    R ownerLost(OwnerLost outcome);

    R unsettled(Unsettled outcome);

    R stopped(Stopped outcome);
  }

  /**
   * The pass is complete.
   *
   * @param rows rows compared
   * @param mismatches how many of them are not right
   * @param first the first of those, in key order
   */
  record Verified(long rows, long mismatches, List<BadRow> first) implements Verification {

    public Verified {
      first = List.copyOf(first);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.verified(this);
    }
  }

  /** Somebody asked for a pause. */
  record Paused(String reason) implements Verification {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.paused(this);
    }
  }

  /** Another worker owns the table now, or its sync has another mode. */
  record OwnerLost(String reason) implements Verification {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerLost(this);
    }
  }

  /** Rows that differ may still be followed, but nothing follows them. */
  record Unsettled(String reason) implements Verification {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unsettled(this);
    }
  }

  /** The table is not what the plan was made for. */
  record Stopped(String reason) implements Verification {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopped(this);
    }
  }
}
