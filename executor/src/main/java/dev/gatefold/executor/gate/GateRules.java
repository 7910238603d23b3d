package dev.gatefold.executor.gate;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.GateStore;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the gate of a stage asks for: key by key the strictest of the change's file, of the target's
 * settings that are kept with the rollout, and of those that this command goes by.
 */
public record GateRules(GateStore store, Gates floor) {

  public GateSettings of(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    Gates gates = store.find(connection, rollout.id()).stricter(floor);
    return switch (stage) {
      case EXPAND -> gates.expand();
      case BACKFILL -> gates.backfill();
      case RETIRE -> gates.retire();
      case DROP -> gates.drop();
    };
  }
}
