package dev.gatefold.executor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the time of one attempt is shared by all the locks that it takes. */
class TableLocksTest {

  private static final List<TableName> TABLES =
      List.of(TableName.parse("a"), TableName.parse("b"), TableName.parse("c"));

  /** Whoever queues behind the first lock waits for the last one too. */
  @ParameterizedTest
  @CsvSource({"0, 100ms", "20, 40ms", "30, 10ms", "50, 1ms"})
  void whatOneLockTookTheNextOnesHaveNotAnyMore(long eachTakes, String left) throws Exception {
    AtomicLong now = new AtomicLong();
    Ticker ticker = () -> now.getAndAdd(Duration.ofMillis(eachTakes).toNanos());
    assertThat(taken(ticker, LockMode.ACCESS_EXCLUSIVE)).containsExactly(left);
  }

  @Test
  void aReaderIsNotInTheWayOfALockThatLetsReadersThrough() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection ours = database.connect();
        Connection reader = database.connect()) {
      database.execute("CREATE TABLE a (id int)");
      reader.setAutoCommit(false);
      Query.of("SELECT count(*) FROM a").isTrue(reader);
      List<TableName> table = TABLES.subList(0, 1);
      assertThat(Holders.ofTables(ours, table, LockMode.SHARE_ROW_EXCLUSIVE))
          .isEqualTo("whoever held it has let go");
      assertThat(Holders.ofTables(ours, table, LockMode.ACCESS_EXCLUSIVE))
          .startsWith("session ")
          .contains(" of postgres (", "idle in transaction for 00:00:");
    }
  }

  /** It says what it may see, and what would let it see more. */
  @Test
  void aRoleWithoutRightsNamesTheSessionAllTheSame() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection ours = database.connect();
        Connection reader = database.connect()) {
      database.execute(
          """
          DO $$ BEGIN
            IF to_regrole('modest') IS NULL THEN CREATE ROLE modest; END IF;
          END $$;
          CREATE TABLE a (id int)\
          """);
      reader.setAutoCommit(false);
      Query.of("SELECT count(*) FROM a").isTrue(reader);
      Query.of("SET ROLE modest").update(ours);
      assertThat(Holders.ofTables(ours, TABLES.subList(0, 1), LockMode.ACCESS_EXCLUSIVE))
          .startsWith("session ")
          .contains(" of postgres (", "grant pg_read_all_stats");
    }
  }

  /** It belongs to no session any more, and can last for ever. */
  @Test
  void aPreparedTransactionIsNamedToo() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection ours = database.connect()) {
      database.execute("CREATE TABLE a (id int)");
      database.execute("BEGIN; INSERT INTO a VALUES (1); PREPARE TRANSACTION 'left behind'");
      assertThat(Holders.ofTables(ours, TABLES.subList(0, 1), LockMode.ACCESS_EXCLUSIVE))
          .isEqualTo("a prepared transaction (see pg_prepared_xacts)");
      database.execute("ROLLBACK PREPARED 'left behind'");
    }
  }

  private static List<String> taken(Ticker ticker, LockMode mode) throws SQLException {
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.connect()) {
      database.execute("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int)");
      connection.setAutoCommit(false);
      new TableLocks(connection, LockPolicy.DEFAULT, ticker).take(TABLES, mode);
      return Query.of("SELECT current_setting('lock_timeout')")
          .list(connection, row -> row.getString(1));
    }
  }
}
