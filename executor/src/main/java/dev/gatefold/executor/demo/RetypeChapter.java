package dev.gatefold.executor.demo;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.sql.SQLException;

/** Text becomes a number, though the process that moves the rows is killed in the middle. */
final class RetypeChapter implements Chapter {

  private static final ChangeName CHANGE = new ChangeName("orders-total");

  @Override
  public String title() {
    return "A column gets another type: total, a text, becomes total_amount, a number";
  }

  @Override
  public void tell(Director director)
      throws StoryFailure, SQLException, IOException, InterruptedException {
    director.submit(
        """
        change: orders-total
        operations:
          - alter_column:
              table: orders
              column: total
              to: total_amount
              type: numeric(12,2)
              up: total::numeric(12,2)
              down: total_amount::text
        backfill: {max_rows_per_second: %d, throttle: {max_active_sessions: 8}}
        """
            .formatted(director.scene().settings().rowsPerSecond()));
    director.promote(CHANGE, StageName.EXPAND);
    new KilledBackfill(director, CHANGE).run();
    director.deploy(
        Version.V3, "reads and writes numbers, v2 beside it still reads and writes text");
    director.withdraw(Version.V2, "used total");
    director.promote(CHANGE, StageName.RETIRE);
    director.promote(CHANGE, StageName.DROP);
  }
}
