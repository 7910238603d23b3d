package dev.gatefold.executor.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryTest {

  private static final String HOW = "SELECT current_setting('synchronous_commit')";

  @Test
  void whatIsMentionedIsWrittenWithoutWaitingForTheDisk() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.connect()) {
      database.execute(
          """
          CREATE TABLE said (
            words text, number int, how text DEFAULT current_setting('synchronous_commit'))
          """);
      Query.of("SET synchronous_commit = on").update(connection);
      Query.of("INSERT INTO said (words, number) VALUES (?, ?)", "once", Optional.empty())
          .mention(connection);
      assertThat(database.queryLines("SELECT concat_ws(' ', words, number, how) FROM said"))
          .containsExactly("once off");
      assertThat(Query.of(HOW).first(connection, row -> row.getString(1))).contains("on");
    }
  }
}
