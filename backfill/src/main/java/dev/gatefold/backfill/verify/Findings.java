package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.BadRow;
import java.util.List;

/** Hears of each row that differs, once it is clear that it does; outside any transaction. */
public interface Findings {

  /** The rows of one range, in key order; a range that differs is told once in a run. */
  void differ(List<BadRow> rows);

  /** What was told of this table so far counts for nothing: the pass begins anew. */
  void anew();

  /** Nobody wants more than the first. */
  Findings NONE =
      new Findings() {
        @Override
        public void differ(List<BadRow> rows) {}

        @Override
        public void anew() {}
      };
}
