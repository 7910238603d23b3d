package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.change.SqlCheck;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Questions of the team's own. They read; whatever they try to change is undone. */
final class CustomCheck implements PolicyCheck {

  static final String CHECK = "check ";

  private static final String CANCELLED = "57014";

  private final InstantSource clock;

  CustomCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Finding> look(
      Connection connection, Rollout rollout, StageName stage, GateSettings settings)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SqlCheck check : settings.checks()) {
      names.add(check.name());
      int nth = Collections.frequency(names, check.name());
      // The target may have a check of the same name that asks for something else.
      findings.add(ask(connection, check, CHECK + check.name() + (nth == 1 ? "" : " " + nth)));
    }
    return findings;
  }

  private Finding ask(Connection connection, SqlCheck check, String name) throws SQLException {
    try {
      return answered(name, answers(connection, check));
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      String why =
          CANCELLED.equals(e.getSQLState())
              ? "no answer within " + TimeWords.of(check.timeout())
              : "cannot be answered: " + SqlState.sentence(e);
      return finding(
          name,
          Verdict.INCONCLUSIVE,
          why,
          "Mend the check, or say why it does not matter: promote with --reason.");
    }
  }

  private Finding answered(String name, List<Optional<Boolean>> answers) {
    if (answers.size() != 1 || answers.get(0).isEmpty()) {
      return finding(
          name,
          Verdict.INCONCLUSIVE,
          answers.size() == 1 ? "answered NULL" : "answered %d rows".formatted(answers.size()),
          "Let it answer one row with true or false.");
    }
    return answers.get(0).get()
        ? finding(name, Verdict.CLEAR, "answered true", "")
        : finding(name, Verdict.BLOCKED, "answered false", "Do what the check asks for.");
  }

  /** In a transaction that can change nothing, and that is rolled back whatever happened in it. */
  private static List<Optional<Boolean>> answers(Connection connection, SqlCheck check)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      Query.of("SET TRANSACTION READ ONLY").update(connection);
      Query.of(
              "SELECT set_config('statement_timeout', ?, true)",
              String.valueOf(check.timeout().toMillis()))
          .list(connection, row -> row.getString(1));
      return Query.of("SELECT * FROM gatefold.ask(?)", check.sql())
          .list(connection, CustomCheck::read);
    } finally {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static Optional<Boolean> read(ResultSet row) throws SQLException {
    boolean answer = row.getBoolean(1);
    return row.wasNull() ? Optional.empty() : Optional.of(answer);
  }

  private Finding finding(String name, Verdict verdict, String detail, String cure) {
    return new Finding(name, verdict, detail, cure, clock.instant());
  }
}
