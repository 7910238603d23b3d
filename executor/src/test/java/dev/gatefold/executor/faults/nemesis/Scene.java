package dev.gatefold.executor.faults.nemesis;

import dev.gatefold.executor.crash.Command;
import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.faults.server.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Where a fault strikes.
 *
 * @param wire between executor and server
 * @param command what the executor is at, or will be
 * @param victim the executor; empty where none is at work yet
 * @param other an executor that has nothing to do
 * @param applications that write all the while
 */
public record Scene(
    Server server,
    String database,
    Wire wire,
    Command command,
    Optional<ExecutorProcess> victim,
    ExecutorProcess other,
    Applications applications,
    SplittableRandom random) {

  /** What a fault needs of them. */
  public interface Applications {

    /** Returns once they have written some more. */
    void goOn();

    /** From here on the sync refuses nothing. */
    void unguarded();

    /** Puts rows and triggers in order, as an administrator can who knows what each row must be. */
    void mend() throws Exception;
  }

  void sql(String sql) throws SQLException {
    server.execute(database, sql);
  }

  List<String> strings(String sql) throws SQLException {
    return server.strings(database, sql);
  }

  Connection connect() throws SQLException {
    return server.connect(database);
  }

  /** The command, by a way that nothing breaks. */
  Command direct() {
    return command.over(server.url(database)).standingStillAt("", 0);
  }
}
