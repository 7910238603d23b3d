package dev.gatefold.executor.timetable;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import dev.gatefold.planner.change.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * When a schedule comes round, by the clock on the wall of its zone: a time that comes twice counts
 * once, and one that the clock skips is the moment in which it skips. Thread-safe.
 */
public final class Cron {

  private final ZoneId zone;
  private final CronSchedule onTheWall;

  /** The same on a wall whose clock nobody puts forward: the library leaves out what is skipped. */
  private final CronSchedule withoutLeaps;

  /** Throws an {@link IllegalArgumentException} that says what is wrong with the five fields. */
  public Cron(Schedule schedule) {
    this.zone = schedule.zone();
    this.onTheWall = new CronSchedule(schedule.cron(), zone, CronStyle.UNIX);
    this.withoutLeaps = new CronSchedule(schedule.cron(), ZoneOffset.UTC, CronStyle.UNIX);
  }

  /** Tries whether a schedule can be kept. */
  public static void check(Schedule schedule) {
    if (new Cron(schedule).after(Instant.EPOCH).equals(CronSchedule.NEVER)) {
      throw new IllegalArgumentException("\"%s\" never comes".formatted(schedule.words()));
    }
  }

  /** The first moment after an instant. */
  public Instant after(Instant instant) {
    Instant next = after(instant, onTheWall);
    return leap(instant).filter(next::isAfter).orElse(next);
  }

  private Optional<Instant> leap(Instant instant) {
    LocalDateTime now = LocalDateTime.ofInstant(instant, zone);
    LocalDateTime next =
        LocalDateTime.ofInstant(after(now.toInstant(ZoneOffset.UTC), withoutLeaps), ZoneOffset.UTC);
    return Optional.ofNullable(zone.getRules().getTransition(next))
        .filter(ZoneOffsetTransition::isGap)
        .map(ZoneOffsetTransition::getInstant);
  }

  private static Instant after(Instant instant, CronSchedule schedule) {
    return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(instant));
  }
}
