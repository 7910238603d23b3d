package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Side;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A row whose key is updated leaves its place, maybe from before a pass to behind it: it has to be
 * right when it does.
 */
class SyncMoveTest {

  private static final Side ID = SyncFixture.side("id", SyncFixture.INTEGER);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = ';',
      value = {
        // What was wrong is made right from the old value, which is the one that counts.
        "PLAIN; FILL; 1|2; id=9; 1|1",
        "PLAIN; STRICT; 1|2; id=9; 1|1",
        "PLAIN; STRICT; 1|2; note='x'; 1|2",
        "PLAIN; STRICT; 1|2; id=1; 1|2",
        "PLAIN; STRICT; 1|null; id=9; 1|1",
        "FAILING; FILL; abc|7; id=9; abc|null",
        "FAILING; FILL; abc|null; id=9; abc|null",
        "FAILING; STRICT; abc|null; id=9; GF001",
        "FAILING; STRICT; abc|null; note='x'; abc|null",
        "FAILING; STRICT; abc|7; id=9; GF001",
        // Right either way: a new application wrote it, before a rollback.
        "LOSSY; FILL; bc|Bc; id=9; bc|Bc",
        "LOSSY; STRICT; bc|Bc; id=9; bc|Bc",
        "LOSSY; BOTH; bc|Bc; id=9; bc|Bc",
        "LOSSY; BOTH; ' b |B'; id=9; ' b |B'",
        "FAILING; STRICT; n/a|-1; id=9; n/a|-1",
        // Both ways open, nobody knows which value is meant.
        "PLAIN; BOTH; 1|2; id=9; GF003",
        "PLAIN; BOTH; 1|2; note='x'; 1|2",
        "FAILING; BOTH; abc|7; id=9; GF003",
        "FAILING; BOTH; null|1234; id=9; GF003",
        // What the write sets is mapped as ever.
        "PLAIN; BOTH; 1|2; id=9, old=7; 7|7",
        "PLAIN; BOTH; 1|2; id=9, new=7; 7|7",
        "PLAIN; STRICT; 1|2; id=9, old=7; 7|7",
        "PLAIN; STRICT; 1|2; id=9, new=7; GF002",
        "PLAIN; STRICT; 1|2; id=9, new=1; 1|1",
        // The old value was given up.
        "FORGIVING; BOTH; null|1234; id=9; null|1234",
        "FORGIVING; BOTH; 12|13; id=9; GF003",
      })
  void theRowIsRightOrTheWriteIsRefused(
      SampleMapping mapping, SyncMode mode, String start, String write, String outcome)
      throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(mapping.createTable());
      session.run(new SyncCell.Example(mapping, start, write, outcome).insertStart());
      session.sync(keyed(mapping), mode);
      assertThat(session.outcome("UPDATE t SET " + write)).isEqualTo(outcome);
    }
  }

  @Test
  void aMoveByAnotherTriggerCounts() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(
          SampleMapping.PLAIN.createTable(),
          "INSERT INTO t (id, old, new) VALUES (1, 1, 2)",
          "CREATE FUNCTION move() RETURNS trigger LANGUAGE plpgsql AS"
              + " 'BEGIN NEW.id := NEW.id + 100; RETURN NEW; END'",
          "CREATE TRIGGER users BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION move()");
      session.sync(keyed(SampleMapping.PLAIN), SyncMode.STRICT);
      assertThat(session.outcome("UPDATE t SET note = 'x'")).isEqualTo("1|1");
    }
  }

  @Test
  void aRenamedKeyColumnStillCounts() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(
          SampleMapping.PLAIN.createTable(), "INSERT INTO t (id, old, new) VALUES (1, 1, 2)");
      session.sync(keyed(SampleMapping.PLAIN), SyncMode.STRICT);
      session.run("ALTER TABLE t RENAME COLUMN id TO number", "UPDATE t SET number = 9");
      assertThat(session.rows("SELECT old, new FROM t")).containsExactly("1|1");
    }
  }

  @Test
  void eachModeReplacesTheOneBeforeAndDroppedItLeavesNothing() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(SampleMapping.FAILING.createTable());
      SyncSpec sync = keyed(SampleMapping.FAILING);
      for (SyncMode mode : List.of(SyncMode.FILL, SyncMode.STRICT, SyncMode.BOTH, SyncMode.FILL)) {
        session.sync(sync, mode);
        assertThat(
                session.rows(
                    "SELECT tgname, tgenabled FROM pg_trigger ORDER BY tgname COLLATE \"C\""))
            .containsExactly(
                "~gatefold_0a1b2c3d_insert|A",
                "~gatefold_0a1b2c3d_update|A",
                "~gatefold_0a1b2c3d_update_key|A");
      }
      session.dropSync(sync);
      assertThat(session.rows("SELECT FROM pg_trigger")).isEmpty();
      assertThat(session.rows("SELECT FROM pg_proc WHERE pronamespace = 'gatefold'::regnamespace"))
          .isEmpty();
    }
  }

  private static SyncSpec keyed(SampleMapping mapping) {
    SyncSpec plain = SyncFixture.sync(mapping.pair());
    return new SyncSpec(
        plain.change(),
        plain.table(),
        plain.oid(),
        plain.rowsMove(),
        plain.token(),
        List.of(ID),
        plain.groups(),
        plain.limits());
  }
}
