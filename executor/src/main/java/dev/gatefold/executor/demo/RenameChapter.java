package dev.gatefold.executor.demo;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;

/** A rename, from the first stage to the last. */
final class RenameChapter implements Chapter {

  private static final ChangeName CHANGE = new ChangeName("orders-buyer");

  @Override
  public String title() {
    return "A column gets another name: customer becomes buyer";
  }

  @Override
  public void tell(Director director) throws StoryFailure, SQLException, InterruptedException {
    director.submit(
        """
        change: orders-buyer
        operations:
          - rename_column: {table: orders, column: customer, to: buyer}
        backfill: {throttle: {max_active_sessions: 8}}
        """);
    director.promote(CHANGE, StageName.EXPAND);
    director.promote(CHANGE, StageName.BACKFILL);
    director.deploy(
        Version.V2, "uses buyer; it runs beside v1, and each sees what the other writes");
    director.withdraw(Version.V1, "used customer");
    director.promote(CHANGE, StageName.RETIRE);
    director.promote(CHANGE, StageName.DROP);
  }
}
