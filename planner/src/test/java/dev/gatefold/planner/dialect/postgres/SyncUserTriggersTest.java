package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sync sees what the user's own triggers make of a row. */
class SyncUserTriggersTest {

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aTriggersChangeOfTheOldColumnIsMappedThoughTheStatementDoesNotNameIt(SyncMode mode)
      throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, mode)) {
      session.run("INSERT INTO t (id, old) VALUES (1, 7)");
      userTrigger(session, "zzz", "UPDATE", "NEW.old := NEW.old + 1;");
      session.run("UPDATE t SET note = 'x'");
      assertThat(session.stored()).containsExactly("8|8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaa", "zzz", "ZZZ", "~", "~gatefold", "zzz~"})
  void aTriggersChangeOfAnInsertIsMappedWhateverItsName(String name) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.FILL)) {
      userTrigger(session, name, "INSERT OR UPDATE", "NEW.old := NEW.old * 2;");
      session.run("INSERT INTO t (id, old) VALUES (1, 7)");
      assertThat(session.stored()).containsExactly("14|14");
      session.run("UPDATE t SET old = 20");
      assertThat(session.stored()).containsExactly("40|40");
    }
  }

  @Test
  void aTriggersChangeOfTheNewColumnIsMappedBack() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      session.run("INSERT INTO t (id, old) VALUES (1, 7)");
      userTrigger(session, "zzz", "UPDATE", "NEW.new := NEW.new + 1;");
      session.run("UPDATE t SET note = 'x'");
      assertThat(session.stored()).containsExactly("8|8");
    }
  }

  @Test
  void aTriggersChangeOfTheNewColumnIsRefusedBeforeBothWaysAreOpen() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.FILL)) {
      session.run("INSERT INTO t (id, old) VALUES (1, 7)");
      userTrigger(session, "zzz", "UPDATE", "NEW.new := NEW.new + 1;");
      assertThat(session.refusedWith("UPDATE t SET note = 'x'")).isEqualTo("GF002");
    }
  }

  @Test
  void aTriggerThatTakesTheChangeBackLeavesNothingToMap() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, SyncMode.BOTH)) {
      session.run("INSERT INTO t (id, new) VALUES (1, 'Bc')");
      userTrigger(session, "zzz", "UPDATE", "NEW.old := OLD.old;");
      session.run("UPDATE t SET old = 'x'");
      assertThat(session.stored()).containsExactly("bc|Bc");
    }
  }

  @Test
  void aTriggerAfterTheStatementSeesTheMappedValue() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.FILL)) {
      session.run(
          "CREATE TABLE seen (old integer, new bigint)",
          """
          CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            INSERT INTO seen VALUES (NEW.old, NEW.new);
            RETURN NULL;
          END $$""",
          "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION audit()",
          "INSERT INTO t (id, old) VALUES (1, 7)");
      assertThat(session.rows("SELECT * FROM seen")).containsExactly("7|7");
    }
  }

  private static void userTrigger(SyncSession session, String name, String event, String body)
      throws SQLException {
    session.run(
        "CREATE FUNCTION of_user() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + body
            + " RETURN NEW; END $$",
        "CREATE TRIGGER \"%s\" BEFORE %s ON t FOR EACH ROW EXECUTE FUNCTION of_user()"
            .formatted(name, event));
  }
}
