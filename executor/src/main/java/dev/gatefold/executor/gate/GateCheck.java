package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One thing that must be true before a stage may run. It reads, and changes nothing but Gatefold's
 * own notes.
 */
interface GateCheck {

  /** What was seen; nothing where the check has nothing to say about the stage. */
  List<Finding> look(Connection connection, Rollout rollout, StageName stage) throws SQLException;
}
