package dev.gatefold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void readsBackWhatWasWritten() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL)");
      assertThat(database.queryLines("SELECT * FROM t ORDER BY a"))
          .containsExactly("1|x", "2|null");
    }
  }

  @Test
  void isAloneInItsDatabase() throws SQLException {
    try (TestDatabase one = TestDatabase.create();
        TestDatabase other = TestDatabase.create()) {
      one.execute("CREATE TABLE only_here ()");
      assertThatThrownBy(() -> other.queryLines("SELECT * FROM only_here"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void closeDropsADatabaseInUseAndItsSlots() throws SQLException {
    TestDatabase database = TestDatabase.create();
    database.queryLines("SELECT pg_create_logical_replication_slot('kept', 'pgoutput')");
    try (Connection open = database.connect()) {
      database.close();
      assertThat(open.isValid(1)).isFalse();
    }
    assertThatThrownBy(database::connect).hasMessageContaining(database.name());
  }
}
