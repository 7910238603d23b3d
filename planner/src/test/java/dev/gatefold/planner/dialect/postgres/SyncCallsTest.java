package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.SyncFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.SessionSetting;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** When the update trigger fires, and when it stays still. */
class SyncCallsTest {

  private static final String CALLS =
      """
      SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions
      WHERE funcname = 'sync_0a1b2c3d_update'""";

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void anUpdateOfSomethingElseCallsNoFunction(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, mode)) {
      session.run("INSERT INTO t (id, old) SELECT n, n FROM generate_series(1, 10) AS n");
      session.run("SET track_functions = 'all'", "BEGIN", "UPDATE t SET note = 'x', old = old");
      assertThat(session.rows(CALLS)).containsExactly("0");
      session.run("UPDATE t SET old = old + 1 WHERE id <= 3");
      assertThat(session.rows(CALLS)).containsExactly("3");
      session.run("COMMIT");
    }
  }

  @Test
  void onceBothWaysAreOpenNoFunctionIsCalledForAnEmptyNewValue() throws SQLException {
    try (SyncSession session = unfilled(SampleMapping.PLAIN, "7", SyncMode.BOTH)) {
      session.run("SET track_functions = 'all'", "BEGIN", "UPDATE t SET note = 'x'");
      assertThat(session.rows(CALLS)).containsExactly("0");
      session.run("COMMIT");
      assertThat(session.stored()).containsExactly("7|null");
    }
  }

  @ParameterizedTest
  @EnumSource(value = SyncMode.class, mode = Mode.EXCLUDE, names = "BOTH")
  void aRowThatIsNotFilledYetIsFilledByAnUpdateOfSomethingElse(SyncMode mode) throws SQLException {
    try (SyncSession session = unfilled(SampleMapping.PLAIN, "7", mode)) {
      session.run("UPDATE t SET note = 'x'");
      assertThat(session.stored()).containsExactly("7|7");
    }
  }

  @ParameterizedTest
  @EnumSource(value = SyncMode.class, mode = Mode.EXCLUDE, names = "BOTH")
  void aRowThatCannotBeFilledStillTakesAnUpdateOfSomethingElse(SyncMode mode) throws SQLException {
    try (SyncSession session = unfilled(SampleMapping.FAILING, "abc", mode)) {
      session.run("UPDATE t SET note = 'x'");
      assertThat(session.rows("SELECT note, old, new FROM t")).containsExactly("x|abc|null");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void theSkipSettingKeepsTheUpdateTriggerStill(SyncMode mode) throws SQLException {
    try (SyncSession session = unfilled(SampleMapping.PLAIN, "7", mode)) {
      session.run(skip(), "UPDATE t SET new = 70");
      assertThat(session.stored()).containsExactly("7|70");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void theSkipSettingDoesNotConcernInserts(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, mode)) {
      session.run(skip(), "INSERT INTO t (id, old) VALUES (1, 7)");
      assertThat(session.stored()).containsExactly("7|7");
    }
  }

  @Test
  void theSkipSettingOfAnotherChangeSkipsNothing() throws SQLException {
    try (SyncSession session = unfilled(SampleMapping.PLAIN, "7", SyncMode.FILL)) {
      session.run("SELECT set_config('gatefold.backfill', 'ffff', false)", "UPDATE t SET old = 8");
      assertThat(session.stored()).containsExactly("8|8");
    }
  }

  @Test
  void theSkipSettingEndsWithItsTransaction() throws SQLException {
    try (SyncSession session = unfilled(SampleMapping.PLAIN, "7", SyncMode.FILL)) {
      session.run(
          "BEGIN",
          "SELECT set_config('gatefold.backfill', '" + TOKEN + "', true)",
          "UPDATE t SET note = 'x'",
          "COMMIT");
      assertThat(session.stored()).containsExactly("7|null");
      session.run("UPDATE t SET note = 'y'");
      assertThat(session.stored()).containsExactly("7|7");
    }
  }

  private static String skip() {
    SessionSetting setting = SessionSetting.parse(SyncFixture.sync().skipSetting());
    return "SELECT set_config('%s', '%s', false)".formatted(setting.name(), setting.value());
  }

  private static SyncSession unfilled(SampleMapping mapping, String old, SyncMode mode)
      throws SQLException {
    SyncSession session = SyncSession.open();
    session.run(mapping.createTable(), "INSERT INTO t (id, old) VALUES (1, '" + old + "')");
    session.sync(SyncFixture.sync(mapping.pair()), mode);
    return session;
  }
}
