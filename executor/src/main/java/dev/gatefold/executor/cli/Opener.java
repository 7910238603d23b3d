package dev.gatefold.executor.cli;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import java.sql.SQLException;

/** Connects to a database; with {@code debug} libraries may tell more. */
@FunctionalInterface
interface Opener {
  Rollouts open(DatabaseUrl url, TargetSettings settings, boolean debug) throws SQLException;
}
