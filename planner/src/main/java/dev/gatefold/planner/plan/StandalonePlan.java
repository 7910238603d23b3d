package dev.gatefold.planner.plan;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import java.util.Objects;

/**
 * How a backfill without a change of schema goes, as data.
 *
 * @param looks what becomes of rows that an application moves along the key meanwhile
 */
public record StandalonePlan(
    ChangeName name, RowMapping rows, BackfillSettings settings, Looks looks)
    implements StandalonePlanning {

  public StandalonePlan {
    looks = Objects.requireNonNullElse(looks, Looks.OF_EARLIER_VERSIONS);
  }

  /**
   * Whether all rows are gone through once more when they are passed, for those that were moved
   * from before the walk to behind it.
   *
   * @param most how often at most; it ends with the first that finds nothing to write
   * @param why none, in words; empty where there are some
   */
  public record Looks(int most, String why) {

    static final Looks OF_EARLIER_VERSIONS = new Looks(0, "it was planned by an earlier version");

    /** More would only follow applications that move rows without a pause. */
    private static final int MOST = 3;

    /** For files whose values may be computed again. */
    public static Looks some() {
      return new Looks(MOST, "");
    }

    public static Looks none(String why) {
      return new Looks(0, why);
    }

    /** What is left out, for people; empty where nothing is. */
    public String warning() {
      return most > 0
          ? ""
          : "A row whose key an application changes meanwhile may be left out: " + why + ".";
    }
  }
}
