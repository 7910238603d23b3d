package dev.gatefold.executor.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {

  private static final String QUESTION = "SELECT count(*) FROM item WHERE id > ?::int";

  private TestDatabase database;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    database = TestDatabase.create();
    database.execute("CREATE TABLE item (id int)");
    connection = new Database(DatabaseUrl.parse(database.url())).getConnection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  private void ask() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
      statement.setString(1, "0");
      statement.executeQuery().close();
    }
  }

  private int kept() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%item%'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void whatIsSaidAgainIsKeptUntilTheEnd() throws Exception {
    try (KeptStatements session = KeptStatements.in(connection)) {
      assertThat(session.connection()).isSameAs(connection);
      ask();
      assertThat(kept()).isZero();
      ask();
      ask();
      assertThat(kept()).isEqualTo(1);
    }
    assertThat(kept()).isZero();
    ask();
    ask();
    assertThat(kept()).isZero();
  }

  @Test
  void whatIsWithoutParametersIsNot() throws Exception {
    try (KeptStatements session = KeptStatements.in(connection);
        Statement statement = session.connection().createStatement()) {
      for (int i = 0; i < 3; i++) {
        statement.execute("SELECT count(*) FROM item");
      }
      assertThat(kept()).isZero();
    }
  }

  @Test
  void aSessionThatIsGoneHasNoneLeft() throws Exception {
    try (KeptStatements session = KeptStatements.in(connection)) {
      ask();
      session.connection().close();
    }
    assertThat(connection.isClosed()).isTrue();
  }
}
