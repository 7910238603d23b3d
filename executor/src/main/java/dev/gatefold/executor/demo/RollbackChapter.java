package dev.gatefold.executor.demo;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;

/** A change that nearly everything is done of, and that is then not wanted after all. */
final class RollbackChapter implements Chapter {

  private static final ChangeName CHANGE = new ChangeName("orders-state");

  @Override
  public String title() {
    return "Second thoughts: status becomes state, and then all of it is rolled back";
  }

  @Override
  public void tell(Director director) throws StoryFailure, SQLException, InterruptedException {
    DatabasePicture before = DatabasePicture.take(director.scene().connection());
    director.submit(
        """
        change: orders-state
        operations:
          - alter_column: {table: orders, column: status, to: state, type: text}
        backfill: {throttle: {max_active_sessions: 8}}
        """);
    director.promote(CHANGE, StageName.EXPAND);
    director.promote(CHANGE, StageName.BACKFILL);
    director.deploy(Version.V4, "uses state");
    director.withdraw(Version.V3, "used status");
    director.promote(CHANGE, StageName.RETIRE);
    director.rollback(
        CHANGE, RolloutState.BACKFILLED, "brings status back, with all that v4 wrote meanwhile");
    director.deploy(Version.V3, "the old version, once more");
    director.withdraw(Version.V4, "used state");
    director.rollback(
        CHANGE, RolloutState.PLANNED, "removes state, the triggers, and all else that was added");
    same(before, DatabasePicture.take(director.scene().connection()));
    director.scene().narrator().say("the catalog is as it was before, line by line");
  }

  private static void same(DatabasePicture before, DatabasePicture after) throws StoryFailure {
    DatabasePicture.Difference difference = before.to(after);
    if (!difference.isEmpty()) {
      throw new StoryFailure(
          "the rollback left another catalog; missing: %s; too many: %s"
              .formatted(difference.missing(), difference.added()));
    }
  }
}
