package dev.gatefold.executor.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of ours have our settings, whatever else was asked for. */
class DatabaseTest {

  /** Of a setting that ends with its transaction. */
  private static String valueAfterSetting(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT set_config(?, 'there', true);
            SELECT current_setting('gatefold.a_test', true)
            """)) {
      statement.setString(1, "gatefold.a_test");
      statement.execute();
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return String.valueOf(row.getString(1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preferQueryMode=simple",
        "stringtype=unspecified&prepareThreshold=1",
        "autosave=always&defaultRowFetchSize=1",
      })
  void aMessageIsOneTransaction(String parameters) throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection connection =
            new Database(DatabaseUrl.parse(database.url() + "&" + parameters)).getConnection()) {
      assertThat(valueAfterSetting(connection)).isEqualTo("there");
    }
  }

  @Test
  void aUrlWithoutParametersGetsSome() {
    assertThat(new DatabaseUrl("jdbc:postgresql://db/shop").jdbcWith("a=b"))
        .isEqualTo("jdbc:postgresql://db/shop?a=b");
    assertThat(new DatabaseUrl("jdbc:postgresql://db/shop?user=ann").jdbcWith("a=b"))
        .isEqualTo("jdbc:postgresql://db/shop?user=ann&a=b");
  }

  @Test
  void timeoutsOfTheDatabaseAreNotForOurs() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      List<String> timeouts =
          database.queryLines(
              "SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout',"
                  + " 'idle_in_transaction_session_timeout', 'transaction_timeout')");
      for (String timeout : timeouts) {
        database.asSuperuser("ALTER DATABASE %s SET %s = '9s'".formatted(database.name(), timeout));
      }
      try (Connection connection = new Database(DatabaseUrl.parse(database.url())).getConnection();
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT count(*) FROM pg_settings WHERE name LIKE '%timeout' AND setting = '9000'");
          ResultSet row = statement.executeQuery()) {
        row.next();
        assertThat(row.getInt(1)).isZero();
      }
    }
  }
}
