package dev.gatefold.executor.cli;

import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import java.sql.SQLException;

/** Connects to a database; with {@code debug} the libraries may tell more. */
@FunctionalInterface
interface Opener {
  Rollouts open(DatabaseUrl url, boolean debug) throws SQLException;
}
