package dev.gatefold.planner.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the rows are moved. What came later is left out of the JSON where it has its default, as in
 * plans of versions that knew less.
 *
 * @param targetBatchTime how long one batch may hold its row locks; the size of batches follows it
 * @param maxRowsPerSecond an upper bound on the speed; empty for as fast as the target time allows
 * @param chosenTriggers what the file says of users' triggers; empty where it says nothing.
 *     Versions that took silence for {@code SKIP} wrote that down
 * @param window when batches may begin; empty for at any time
 * @param keepBadRows whether a row that cannot be converted is left as it is and listed, instead of
 *     stopping the backfill
 * @param throttle who may slow it down; empty for every signal by its default
 * @param mostWorkers how many work at a time at most; empty for the default
 */
public record BackfillSettings(
    Duration targetBatchTime,
    OptionalLong maxRowsPerSecond,
    @JsonProperty("userTriggers") @JsonInclude(Include.NON_ABSENT)
        Optional<UserTriggers> chosenTriggers,
    @JsonInclude(Include.NON_ABSENT) Optional<Window> window,
    @JsonInclude(Include.NON_DEFAULT) boolean keepBadRows,
    @JsonInclude(Include.NON_ABSENT) Optional<ThrottleSettings> throttle,
    @JsonInclude(Include.NON_ABSENT) OptionalInt mostWorkers) {

  /**
   * Two workers move half as many rows again as one does on two cores; more gained little wherever
   * they were measured, and each takes a connection.
   */
  public static final int WORKERS = 2;

  /**
   * 20 ms a batch: larger batches were measured to cost concurrent writers hundreds of milliseconds
   * and to gain nothing.
   */
  public static final BackfillSettings DEFAULT =
      new BackfillSettings(
          Duration.ofMillis(20),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          OptionalInt.empty());

  public BackfillSettings {
    chosenTriggers = Objects.requireNonNullElse(chosenTriggers, Optional.empty());
    window = Objects.requireNonNullElse(window, Optional.empty());
    throttle = Objects.requireNonNullElse(throttle, Optional.empty());
    mostWorkers = Objects.requireNonNullElse(mostWorkers, OptionalInt.empty());
  }

  /** Settings with the default of all else. */
  public BackfillSettings(
      Duration targetBatchTime, OptionalLong maxRowsPerSecond, UserTriggers userTriggers) {
    this(
        targetBatchTime,
        maxRowsPerSecond,
        Optional.of(userTriggers),
        Optional.empty(),
        false,
        Optional.empty(),
        OptionalInt.empty());
  }

  /** What the triggers of the users' own do when the backfill touches a row. */
  public enum UserTriggers {
    /** They do not fire; needs the right to set {@code session_replication_role}. */
    SKIP,
    /** They fire for each row, as for any UPDATE of an application. */
    FIRE
  }

  public BackfillSettings withTargetBatchTime(Duration time) {
    return new BackfillSettings(
        time, maxRowsPerSecond, chosenTriggers, window, keepBadRows, throttle, mostWorkers);
  }

  public BackfillSettings withMaxRowsPerSecond(OptionalLong rows) {
    return new BackfillSettings(
        targetBatchTime, rows, chosenTriggers, window, keepBadRows, throttle, mostWorkers);
  }

  public BackfillSettings withUserTriggers(UserTriggers other) {
    return new BackfillSettings(
        targetBatchTime,
        maxRowsPerSecond,
        Optional.of(other),
        window,
        keepBadRows,
        throttle,
        mostWorkers);
  }

  public BackfillSettings withWindow(Optional<Window> other) {
    return new BackfillSettings(
        targetBatchTime,
        maxRowsPerSecond,
        chosenTriggers,
        other,
        keepBadRows,
        throttle,
        mostWorkers);
  }

  public BackfillSettings withKeepBadRows(boolean keep) {
    return new BackfillSettings(
        targetBatchTime, maxRowsPerSecond, chosenTriggers, window, keep, throttle, mostWorkers);
  }

  public BackfillSettings withThrottle(ThrottleSettings other) {
    return new BackfillSettings(
        targetBatchTime,
        maxRowsPerSecond,
        chosenTriggers,
        window,
        keepBadRows,
        Optional.of(other).filter(it -> !it.equals(ThrottleSettings.DEFAULT)),
        mostWorkers);
  }

  public BackfillSettings withWorkers(int most) {
    return new BackfillSettings(
        targetBatchTime,
        maxRowsPerSecond,
        chosenTriggers,
        window,
        keepBadRows,
        throttle,
        OptionalInt.of(most));
  }

  /** What they do; where nobody chose there are none to whom it matters. */
  public UserTriggers userTriggers() {
    return chosenTriggers.orElse(UserTriggers.SKIP);
  }

  /** How many work at a time at most. */
  public int workers() {
    return mostWorkers.orElse(WORKERS);
  }

  /** Who may slow it down, with the defaults. */
  public ThrottleSettings throttling() {
    return throttle.orElse(ThrottleSettings.DEFAULT);
  }
}
