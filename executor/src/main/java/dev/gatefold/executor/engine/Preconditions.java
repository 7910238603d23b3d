package dev.gatefold.executor.engine;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.Check;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What must be true before the first statement of a step. */
final class Preconditions {

  private Preconditions() {}

  /** Why the step cannot run; empty where it can. */
  static Optional<StepResult> objection(Connection connection, List<Check> checks)
      throws SQLException {
    for (Check check : checks) {
      Optional<String> failure = failure(connection, check);
      if (failure.isPresent()) {
        return Optional.of(
            StepResult.Failed.because(
                failure.get(), "Somebody changed the table; roll back, or put it as it was."));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> failure(Connection connection, Check check) throws SQLException {
    Optional<Optional<String>> answer =
        Query.of(check.sql()).first(connection, row -> failure(check, row));
    return answer.orElse(Optional.of(check.failure()));
  }

  private static Optional<String> failure(Check check, ResultSet row) throws SQLException {
    if (row.getBoolean(1)) {
      return Optional.empty();
    }
    boolean says = row.getMetaData().getColumnCount() > 1;
    return Optional.of(check.failure() + (says ? ": " + row.getString(2) : ""));
  }
}
