package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.throttle.Pressure;
import java.time.Duration;

/** When a standby is too far behind. Not thread-safe. */
final class StandbyLag {

  /**
   * What pt-online-schema-change allows by default (gh-ost: 1.5 s). A standby that stops replaying
   * has to be seen, and the backfill to hold, within two seconds; a healthy one is milliseconds
   * behind.
   */
  static final Duration DEFAULT = Duration.ofSeconds(1);

  private final LogPositions log;
  private final Duration limit;
  private final Hysteresis hysteresis = new Hysteresis();

  StandbyLag(LogPositions log, Duration limit) {
    this.log = log;
    this.limit = limit;
  }

  /**
   * Takes a measurement.
   *
   * @param replayed how far the standby is
   * @param reported how late it says it is
   * @param remark what else there is to say
   */
  Pressure at(String standby, long replayed, Duration reported, String remark) {
    Duration seen = log.behind(replayed);
    Duration late = seen.compareTo(reported) > 0 ? seen : reported;
    return hysteresis.passed((double) late.toNanos() / limit.toNanos())
        ? Pressure.hold(
            "standby %s is %s (%s) behind%s; at most %s are allowed"
                .formatted(
                    standby,
                    Figures.time(late),
                    Figures.bytes(log.missing(replayed)),
                    remark,
                    Figures.time(limit)))
        : Pressure.NONE;
  }
}
