package dev.gatefold.executor.cli;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.report.DatabaseError;
import java.sql.SQLException;

/** Ends a command with an exit code, a sentence about what happened and one about what to do. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String cure;

  private CommandFailure(int exitCode, String message, String cure) {
    super(message);
    this.exitCode = exitCode;
    this.cure = cure;
  }

  static CommandFailure usage(String message, String cure) {
    return new CommandFailure(ExitCode.USAGE, message, cure);
  }

  /** Nothing was done, or nothing that the database kept. */
  static CommandFailure database(DatabaseUrl url, SQLException cause) {
    DatabaseError error = DatabaseError.of(url, cause);
    int exitCode = error.kind() == DatabaseError.Kind.OTHER ? ExitCode.BUG : ExitCode.UNREACHABLE;
    CommandFailure failure = new CommandFailure(exitCode, error.message(), error.cure());
    failure.initCause(cause);
    return failure;
  }

  /** A server of our own did not come up; nothing was done. */
  static CommandFailure ownServer(Exception cause) {
    CommandFailure failure =
        new CommandFailure(
            ExitCode.UNREACHABLE,
            "the PostgreSQL that Gatefold brings along did not start: " + cause.getMessage(),
            "See that the folder for temporary files has room and lets programs run, and that this"
                + " is not root's container; or plan against a database.");
    failure.initCause(cause);
    return failure;
  }

  int exitCode() {
    return exitCode;
  }

  String cure() {
    return cure;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
