package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One thing that a team or a target wants to be true, beyond what keeps data safe. */
interface PolicyCheck {

  /** What was seen; nothing where the settings ask for nothing. */
  List<Finding> look(Connection connection, Rollout rollout, StageName stage, GateSettings settings)
      throws SQLException;
}
