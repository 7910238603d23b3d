package dev.gatefold.executor.timetable;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * Watches the timetable on a thread of its own until it is closed. As many as one likes may watch
 * one timetable: each moment is told by one of them.
 */
public final class Timekeeper implements AutoCloseable {

  /** A minute is the smallest unit of a schedule. */
  public static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  /** To let somebody know takes milliseconds: whoever says nothing for so long is gone. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final int MISSED = 4;

  private final Scheduler scheduler;

  private Timekeeper(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Begins to watch, with a look at once.
   *
   * @param connections of the alarm's database; one is opened for each look
   * @param clock by which moments come
   */
  public static Timekeeper start(
      DataSource connections, Alarm alarm, InstantSource clock, Duration betweenLooks) {
    CustomTask<Void> bell = Bell.calling(alarm);
    Scheduler scheduler =
        Scheduler.create(connections, bell)
            .tableName(Timetable.TABLE)
            .schedulerName(new SchedulerName.Fixed("gatefold"))
            .clock(clock::instant)
            .threads(1)
            .pollingInterval(betweenLooks)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED)
            .shutdownMaxWait(HEARTBEAT)
            .failureLogging(LogLevel.WARN, false)
            .build();
    scheduler.start();
    return new Timekeeper(scheduler);
  }

  /** Ends what it is about to tell, if anything, and watches no more. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
