package dev.gatefold.executor.timetable;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the library does when a moment has come: it lets somebody know, and asks for the next. */
final class Bell {

  static final String NAME = "backfill";

  private static final Duration RETRY = Duration.ofMinutes(1);

  private Bell() {}

  static CustomTask<Void> calling(Alarm alarm) {
    return Tasks.custom(NAME, Void.class)
        .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
        .onDeadExecutionRevive()
        .execute(
            (instance, context) ->
                rung(alarm, instance.getId(), context.getExecution().executionTime));
  }

  private static CompletionHandler<Void> rung(Alarm alarm, String name, Instant due) {
    try {
      Optional<Instant> next = alarm.ring(name, due);
      return next.isEmpty()
          ? new OnCompleteRemove<>()
          : (complete, operations) -> operations.reschedule(complete, next.get());
    } catch (SQLException e) {
      throw new IllegalStateException("the database failed when " + name + " was due", e);
    }
  }
}
