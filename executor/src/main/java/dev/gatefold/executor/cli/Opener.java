package dev.gatefold.executor.cli;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.standby.Standbys;
import java.sql.SQLException;

/** Connects to a database whose standbys are known; with {@code debug} libraries may tell more. */
@FunctionalInterface
interface Opener {
  Rollouts open(DatabaseUrl url, Standbys standbys, boolean debug) throws SQLException;
}
