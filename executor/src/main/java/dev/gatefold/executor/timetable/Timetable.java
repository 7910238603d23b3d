package dev.gatefold.executor.timetable;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.sql.Connection;
import java.time.Instant;

/**
 * What is due when, as rows of {@code gatefold.scheduled_task}. Works in the caller's transaction.
 * Stateless and thread-safe.
 */
public final class Timetable {

  static final String TABLE = "gatefold.scheduled_task";

  /** Who only writes down when something is due does nothing when it is. */
  private static final CustomTask<Void> SILENT =
      Bell.calling(
          (name, due) -> {
            throw new IllegalStateException("nobody listens for " + name);
          });

  /**
   * Something is due at a moment, instead of at any other.
   *
   * @return whether that is so now; not where the moment before has come just now
   */
  public boolean put(Connection connection, String name, Instant due) {
    try {
      return client(connection)
          .schedule(SILENT.instance(name), due, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      return false;
    }
  }

  /**
   * Something is not due any more.
   *
   * @return whether that is so now; not where its moment has come just now
   */
  public boolean remove(Connection connection, String name) {
    SchedulerClient client = client(connection);
    TaskInstanceId id = TaskInstanceId.of(Bell.NAME, name);
    if (client.getScheduledExecution(id).isEmpty()) {
      return true;
    }
    try {
      client.cancel(id);
      return true;
    } catch (TaskInstanceCurrentlyExecutingException e) {
      return false;
    }
  }

  private static SchedulerClient client(Connection connection) {
    return SchedulerClient.Builder.create(new Lent(connection), SILENT).tableName(TABLE).build();
  }
}
