package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Making, replacing and dropping a sync. */
class SyncLifecycleTest {

  private static final SyncSpec SYNC = SyncFixture.sync(SampleMapping.FAILING.pair());

  private static final String TRIGGERS =
      """
      SELECT tgname, tgenabled, tgattr = '' AS any_column FROM pg_trigger
      WHERE tgrelid = 't'::regclass ORDER BY tgname COLLATE "C"
      """;

  @Test
  void eachModeReplacesTheOneBeforeAndKeepsTheTriggersEnabledAlways() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(SampleMapping.FAILING.createTable());
      for (SyncMode mode : List.of(SyncMode.FILL, SyncMode.STRICT, SyncMode.BOTH, SyncMode.FILL)) {
        session.sync(SYNC, mode);
        assertThat(session.rows(TRIGGERS))
            .containsExactly("~gatefold_0a1b2c3d_insert|A|t", "~gatefold_0a1b2c3d_update|A|t");
        assertThat(
                session.rows("SELECT FROM pg_proc WHERE pronamespace = 'gatefold'::regnamespace"))
            .hasSize(2);
      }
    }
  }

  @Test
  void theRulesAreThoseOfTheLastMode() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, SyncMode.FILL)) {
      session.run("INSERT INTO t (id, old) VALUES (1, 'abc')");
      session.sync(SYNC, SyncMode.STRICT);
      assertThat(session.refusedWith("INSERT INTO t (id, old) VALUES (2, 'abc')"))
          .isEqualTo("GF001");
      assertThat(session.refusedWith("INSERT INTO t (id, new) VALUES (2, 7)")).isEqualTo("GF002");
      session.sync(SYNC, SyncMode.BOTH);
      session.run("INSERT INTO t (id, new) VALUES (2, 7)");
      session.sync(SYNC, SyncMode.FILL);
      session.run("INSERT INTO t (id, old) VALUES (3, 'abc')");
      assertThat(session.stored()).containsExactly("abc|null", "7|7", "abc|null");
    }
  }

  @Test
  void aSessionThatWroteBeforeFollowsTheNewMode() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, SyncMode.FILL)) {
      session.run("INSERT INTO t (id, old) VALUES (1, 'abc')");
      session
          .database()
          .execute(String.join(";", new PostgresDialect().createSync(SYNC, SyncMode.BOTH)));
      assertThat(session.refusedWith("UPDATE t SET old = 'xyz'")).isEqualTo("GF001");
    }
  }

  @Test
  void droppedItLeavesNothing() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(SampleMapping.FAILING.createTable());
      List<String> before = catalog(session);
      session.sync(SYNC, SyncMode.BOTH);
      assertThat(catalog(session)).isNotEqualTo(before);
      session.dropSync(SYNC);
      assertThat(catalog(session)).isEqualTo(before);
      session.run("INSERT INTO t (id, old, new) VALUES (1, 'abc', 7)");
      assertThat(session.stored()).containsExactly("abc|7");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void itIsMadeAndDroppedInOneTransactionToo(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(SampleMapping.FAILING.createTable(), "BEGIN");
      session.sync(SYNC, mode);
      session.run("INSERT INTO t (id, old) VALUES (1, '7')", "COMMIT", "BEGIN");
      session.dropSync(SYNC);
      session.run("ROLLBACK", "UPDATE t SET old = '8'");
      assertThat(session.stored()).containsExactly("8|8");
    }
  }

  @Test
  void itNeedsNoTableOfOurs() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      assertThat(session.rows("SELECT FROM pg_class WHERE relnamespace = 'gatefold'::regnamespace"))
          .isEmpty();
    }
  }

  /** What there is of triggers, functions and dependencies, beside the numbers of the objects. */
  private static List<String> catalog(SyncSession session) throws SQLException {
    return session.rows(
        """
        SELECT 'trigger', tgname FROM pg_trigger
        UNION ALL SELECT 'function', proname FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT 'relation', relname FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT 'dependency', count(*)::text FROM pg_depend
        ORDER BY 1, 2""");
  }
}
