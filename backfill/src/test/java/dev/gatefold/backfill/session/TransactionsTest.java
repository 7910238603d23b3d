package dev.gatefold.backfill.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.SessionSetting;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for a transaction, what for the session, and what is left of it. */
class TransactionsTest {

  private static final BoundStatement ROLE =
      BoundStatement.of(
          "SELECT (current_setting('session_replication_role') = 'replica')::int::bigint");
  private static final BoundStatement WAIT =
      BoundStatement.of("SELECT (current_setting('lock_timeout') = '50ms')::int::bigint");

  private TestDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.forSuperuser();
  }

  @AfterEach
  void stop() throws SQLException {
    database.close();
  }

  private static long number(BoundStatement statement, Connection connection) throws SQLException {
    return statement.answer(connection).number();
  }

  @Test
  void aSettingHoldsForOneTransaction() throws SQLException {
    try (Connection connection = database.connect();
        Transactions transactions = Transactions.on(connection, List.of())) {
      assertThat(number(WAIT, connection)).isZero();
      assertThat(number(transactions.settings().then(WAIT), connection)).isEqualTo(1);
      assertThat(number(WAIT, connection)).isZero();
    }
  }

  /** Whenever it changes, the server throws away the plans of all statements of the session. */
  @Test
  void theReplicationRoleStaysFromOneTransactionToTheNext() throws SQLException {
    try (Connection connection = database.connect()) {
      try (Transactions transactions =
          Transactions.on(connection, List.of(SessionSetting.AS_REPLICA))) {
        for (int batch = 1; batch <= 2; batch++) {
          assertThat(number(transactions.settings().then(ROLE), connection)).isEqualTo(1);
          assertThat(number(ROLE, connection)).isEqualTo(1);
        }
      }
      assertThat(number(ROLE, connection)).isZero();
    }
  }

  @Test
  void withoutTheSettingTheReplicationRoleStays() throws SQLException {
    try (Connection connection = database.connect();
        Transactions transactions = Transactions.on(connection, List.of())) {
      assertThat(number(transactions.settings().then(ROLE), connection)).isZero();
    }
  }
}
