package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** UPSERT runs the INSERT trigger, then the UPDATE trigger; MERGE by action. */
class SyncUpsertTest {

  private static final int MERGE_SINCE = 150000;

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void upsertOfTheOldColumnMapsWhetherItInsertsOrUpdates(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, mode)) {
      String upsert =
          "INSERT INTO t (id, old) VALUES (1, %d)"
              + " ON CONFLICT (id) DO UPDATE SET old = excluded.old";
      session.run(upsert.formatted(7));
      assertThat(session.stored()).containsExactly("7|7");
      session.run(upsert.formatted(8));
      assertThat(session.stored()).containsExactly("8|8");
    }
  }

  @Test
  void upsertOfTheNewColumnMapsBackOnceBothWaysAreOpen() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, SyncMode.BOTH)) {
      String upsert =
          "INSERT INTO t (id, new) VALUES (1, '%s')"
              + " ON CONFLICT (id) DO UPDATE SET new = excluded.new";
      session.run(upsert.formatted("Ab"));
      assertThat(session.stored()).containsExactly("ab|Ab");
      session.run(upsert.formatted("Cd"));
      assertThat(session.stored()).containsExactly("cd|Cd");
    }
  }

  @Test
  void upsertOfTheNewColumnIsRefusedBeforeBothWaysAreOpen() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.FILL)) {
      session.run("INSERT INTO t (id, old) VALUES (1, 7)");
      String insert = "INSERT INTO t (id, %s) VALUES (1, 9) ON CONFLICT (id) DO UPDATE SET %s";
      assertThat(session.refusedWith(insert.formatted("new", "new = excluded.new")))
          .isEqualTo("GF002");
      assertThat(session.refusedWith(insert.formatted("old", "new = 8"))).isEqualTo("GF002");
      assertThat(session.stored()).containsExactly("7|7");
    }
  }

  @Test
  void upsertOfBothColumnsKeepsWhatAgrees() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, SyncMode.BOTH)) {
      String upsert =
          "INSERT INTO t (id, old, new) VALUES (1, '%s', '%s')"
              + " ON CONFLICT (id) DO UPDATE SET old = excluded.old, new = excluded.new";
      session.run(upsert.formatted(" a ", "A"), upsert.formatted("bc", "Bc"));
      assertThat(session.stored()).containsExactly("bc|Bc");
      assertThat(session.refusedWith(upsert.formatted(" e ", "f"))).isEqualTo("GF003");
    }
  }

  @Test
  void anUpsertThatSwitchesTheColumnsIsMappedByWhatItUpdates() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      session.run(
          "INSERT INTO t (id, old) VALUES (1, 7)",
          "INSERT INTO t (id, old) VALUES (1, 8) ON CONFLICT (id) DO UPDATE SET new = 20");
      assertThat(session.stored()).containsExactly("20|20");
      session.run("INSERT INTO t (id, new) VALUES (1, 8) ON CONFLICT (id) DO UPDATE SET old = 30");
      assertThat(session.stored()).containsExactly("30|30");
    }
  }

  @Test
  void upsertFillsARowThatWasNotFilledYet() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(SampleMapping.PLAIN.createTable(), "INSERT INTO t (id, old) VALUES (1, 7)");
      session.sync(SyncFixture.sync(SampleMapping.PLAIN.pair()), SyncMode.FILL);
      session.run(
          "INSERT INTO t (id, old) VALUES (1, 9) ON CONFLICT (id) DO UPDATE SET note = 'x'");
      assertThat(session.stored()).containsExactly("7|7");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void mergeMapsByAction(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, mode)) {
      assumeMerge(session);
      session.run(
          "INSERT INTO t (id, old) VALUES (1, 7), (2, 7)",
          """
          MERGE INTO t USING (VALUES (1, 70), (2, 0), (3, 90)) AS s (id, v) ON t.id = s.id
          WHEN MATCHED AND s.v = 0 THEN DELETE
          WHEN MATCHED THEN UPDATE SET old = s.v
          WHEN NOT MATCHED THEN INSERT (id, old) VALUES (s.id, s.v)""");
      assertThat(session.stored()).containsExactly("70|70", "90|90");
    }
  }

  @Test
  void mergeOfTheNewColumnIsMappedBackByAction() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, SyncMode.BOTH)) {
      assumeMerge(session);
      session.run(
          "INSERT INTO t (id, old) VALUES (1, 'a')",
          """
          MERGE INTO t USING (VALUES (1, 'Bc'), (2, 'De')) AS s (id, v) ON t.id = s.id
          WHEN MATCHED THEN UPDATE SET new = s.v
          WHEN NOT MATCHED THEN INSERT (id, new) VALUES (s.id, s.v)""");
      assertThat(session.stored()).containsExactly("bc|Bc", "de|De");
    }
  }

  private static void assumeMerge(SyncSession session) throws SQLException {
    String version = session.rows("SHOW server_version_num").get(0);
    assumeTrue(Integer.parseInt(version) >= MERGE_SINCE, "this server knows no MERGE");
  }
}
