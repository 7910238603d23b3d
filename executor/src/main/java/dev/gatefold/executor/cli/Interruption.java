package dev.gatefold.executor.cli;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.DatabaseError;
import java.sql.SQLException;
import java.util.List;

/** What becomes of a command that changes something when the database fails it. */
final class Interruption {

  private static final String AGAIN =
      "What is done is kept. Remove the cause and run the same command again.";

  private Interruption() {}

  /**
   * Stopped, if something may have been done.
   *
   * @param begun whether a step had begun
   * @throws CommandFailure where nothing was done, or nobody knows what it is
   */
  static Outcome of(DatabaseUrl url, SQLException e, boolean begun) {
    DatabaseError error = DatabaseError.of(url, e);
    return switch (error.kind()) {
      case LOST -> stopped(error);
      case UNREACHABLE, NOT_ALLOWED -> {
        if (!begun) {
          throw CommandFailure.database(url, e);
        }
        yield stopped(error);
      }
      case OTHER -> throw CommandFailure.database(url, e);
    };
  }

  private static Outcome stopped(DatabaseError error) {
    return new Outcome.Stopped("", error.message(), List.of(), AGAIN);
  }
}
