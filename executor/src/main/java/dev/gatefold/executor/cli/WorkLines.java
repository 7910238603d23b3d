package dev.gatefold.executor.cli;

import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.Rollouts.Worked;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.DatabaseError;
import dev.gatefold.executor.report.DatabaseError.Kind;
import dev.gatefold.executor.standalone.Backfills.Ran;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.work.Worker;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;

/** Says what a worker does. */
final class WorkLines implements Worker.Watcher {

  private final Call call;

  WorkLines(Call call) {
    this.call = call;
  }

  @Override
  public StageListener stages() {
    return call.json() ? StageListener.SILENT : call.progressLines();
  }

  @Override
  public void worked(Worked worked) {
    Request request = worked.request();
    if (worked.outcome().isEmpty()) {
      call.console()
          .error(
              "gatefold: the promotion of %s of %s is given back"
                  .formatted(request.stage().word(), request.change()));
      return;
    }
    Outcome outcome = worked.outcome().get();
    if (!call.json()) {
      call.console()
          .line(
              "%s of %s, asked for by %s:"
                  .formatted(request.stage().word(), request.change(), request.actor()));
    }
    call.finish(request.change(), outcome);
  }

  @Override
  public ProgressListener rows(ChangeName backfill) {
    return call.json() ? progress -> {} : call.backfillLines(backfill);
  }

  @Override
  public void ran(Ran ran) {
    ChangeName name = ran.run().name();
    if (ran.outcome().isEmpty()) {
      call.console().error("gatefold: the backfill %s is given back".formatted(name));
      return;
    }
    call.finish(name, ran.outcome().get());
  }

  /** A server that went away comes back; a right that is missing, or the schema, does not. */
  @Override
  public void lost(SQLException e) {
    DatabaseError error = DatabaseError.of(call.database(), e);
    if (error.kind() == Kind.NOT_ALLOWED || error.kind() == Kind.OTHER) {
      throw CommandFailure.database(call.database(), e);
    }
    call.console().error("gatefold: " + error.message() + "; trying again");
  }
}
