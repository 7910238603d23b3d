package dev.gatefold.backfill.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.testing.Mappings;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.verify.Verification.OwnerLost;
import dev.gatefold.backfill.verify.Verification.Paused;
import dev.gatefold.backfill.verify.Verification.Stopped;
import dev.gatefold.backfill.verify.Verification.Verified;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerifierTest {

  private static final String DIFFERS = "the new shape is not the image of the old one";
  private static final String NEITHER = "neither shape is the image of the other";

  /** Rows as they are after a backfill, and then what the test plants. */
  private static Scene filled(int rows, String planted) throws SQLException {
    Scene scene = Scene.items(rows);
    scene.database.execute("UPDATE item SET total_n = total::integer; " + planted);
    return scene;
  }

  private static Verification verify(Scene scene, SyncMode mode, boolean keepNew) throws Exception {
    return verify(scene, scene.itemMapping(), mode, keepNew);
  }

  private static Verification verify(
      Scene scene, RowMapping mapping, SyncMode mode, boolean keepNew) throws Exception {
    try (Connection connection = scene.database.connect()) {
      Verification outcome =
          new Verifier(
                  scene.fence,
                  PassStore.FORGETFUL,
                  Restraint.NONE,
                  scene,
                  scene.time.timing(),
                  scene.database::connect)
              .run(
                  connection,
                  new VerificationJob(mapping, mode, keepNew, OptionalLong.of(9)),
                  Findings.NONE);
      assertThat(connection.getAutoCommit()).isTrue();
      return outcome;
    }
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws Exception {
    try (Scene scene = filled(25_000, "")) {
      assertThat(verify(scene, SyncMode.STRICT, false))
          .isEqualTo(new Verified(25_000, 0, List.of()));
      assertThat(scene.progress)
          .extracting(Progress::rowsDone)
          .containsExactly(1_000L, 3_000L, 7_000L, 15_000L, 25_000L);
    }
  }

  @Test
  void findsEveryPlantedMismatch() throws Exception {
    try (Scene scene =
        filled(
            25_000,
            "UPDATE item SET total_n = total_n + 1 WHERE id IN (1, 10000, 10001, 25000);"
                + "UPDATE item SET total_n = NULL WHERE id = 12345;"
                + "UPDATE item SET total = NULL WHERE id = 20000")) {
      assertThat(verify(scene, SyncMode.STRICT, false))
          .isEqualTo(
              new Verified(
                  25_000,
                  6,
                  List.of(
                      bad("1", DIFFERS),
                      bad("10000", DIFFERS),
                      bad("10001", DIFFERS),
                      bad("12345", DIFFERS),
                      bad("20000", DIFFERS),
                      bad("25000", DIFFERS))));
    }
  }

  @Test
  void countsAllAndNamesTheFirstTwenty() throws Exception {
    try (Scene scene = filled(25_000, "UPDATE item SET total_n = -1 WHERE id <= 5 OR id > 20000")) {
      assertThat(verify(scene, SyncMode.STRICT, false))
          .isInstanceOfSatisfying(
              Verified.class,
              it -> {
                assertThat(it.mismatches()).isEqualTo(5005);
                assertThat(it.first()).hasSize(20);
                assertThat(it.first().get(4).key()).isEqualTo(Key.of("5"));
                assertThat(it.first().get(5).key()).isEqualTo(Key.of("20001"));
                assertThat(it.first().get(19).key()).isEqualTo(Key.of("20015"));
              });
    }
  }

  @Test
  void anErrorIsAMismatchWithTheServersWords() throws Exception {
    try (Scene scene =
        filled(
            50,
            "UPDATE item SET total = 'x' WHERE id IN (7, 8, 40);"
                + "UPDATE item SET total_n = 0 WHERE id = 20")) {
      // Without the value that the server quotes.
      String reason = "invalid input syntax for type integer: \"...\"";
      assertThat(verify(scene, SyncMode.STRICT, false))
          .isEqualTo(
              new Verified(
                  50,
                  4,
                  List.of(
                      bad("7", reason), bad("8", reason), bad("20", DIFFERS), bad("40", reason))));
    }
  }

  @Test
  void aComparisonWithoutAnAnswerIsAMismatch() throws Exception {
    try (Scene scene = filled(3, "UPDATE item SET total_n = NULL WHERE id = 2")) {
      RowMapping plain = scene.itemMapping();
      var column = plain.columns().get(0);
      RowMapping unknown =
          new RowMapping(
              plain.table(),
              plain.oid(),
              plain.key(),
              plain.along(),
              List.of(
                  new RowMapping.ColumnMapping(
                      column.oldColumn(),
                      column.newColumn(),
                      column.up(),
                      "t.total_n = t.total::integer",
                      "t.total = t.total_n::text")),
              plain.skipSetting(),
              List.of());
      assertThat(verify(scene, unknown, SyncMode.STRICT, false))
          .isEqualTo(new Verified(3, 1, List.of(bad("2", DIFFERS))));
      assertThat(verify(scene, unknown, SyncMode.BOTH, false))
          .isEqualTo(new Verified(3, 1, List.of(bad("2", NEITHER))));
    }
  }

  private static Scene prices() throws SQLException {
    return Scene.with(
        """
        CREATE TABLE price (id integer PRIMARY KEY, cents bigint, euros numeric);
        INSERT INTO price VALUES (1, 100, 1), (2, 200, 2.004), (3, 300, 9);
        """);
  }

  @Test
  void eitherSideMayBeTheImageOfTheOther() throws Exception {
    try (Scene scene = prices()) {
      RowMapping mapping =
          Mappings.of(
              scene.database,
              "price",
              Mappings.pair("cents", "euros", "%1$s / 100.0", "(%2$s * 100)::bigint"));
      Verified third = new Verified(3, 1, List.of(bad("3", NEITHER)));
      assertThat(verify(scene, mapping, SyncMode.BOTH, false)).isEqualTo(third);
      assertThat(verify(scene, mapping, SyncMode.STRICT, true)).isEqualTo(third);
      assertThat(verify(scene, mapping, SyncMode.STRICT, false))
          .isEqualTo(new Verified(3, 2, List.of(bad("2", DIFFERS), bad("3", DIFFERS))));
    }
  }

  @Test
  void anErrorOnOneSideLeavesTheOther() throws Exception {
    try (Scene scene =
        filled(
            6,
            // From '' no integer can be made, and a zero becomes ''.
            "UPDATE item SET total = '', total_n = 0 WHERE id = 2;"
                + "UPDATE item SET total = '', total_n = 3 WHERE id = 5;"
                // A 40 cannot go back at all.
                + "UPDATE item SET total = '40', total_n = 40 WHERE id = 3;"
                + "UPDATE item SET total = '41', total_n = 40 WHERE id = 6")) {
      RowMapping mapping =
          Mappings.of(
              scene.database,
              "item",
              Mappings.pair(
                  "total",
                  "total_n",
                  "%1$s::integer",
                  "CASE %2$s WHEN 0 THEN '' WHEN 40 THEN (1 / (%2$s - 40))::text"
                      + " ELSE %2$s::text END"));
      assertThat(verify(scene, mapping, SyncMode.BOTH, false))
          .isEqualTo(
              new Verified(
                  6,
                  2,
                  List.of(
                      bad("5", "invalid input syntax for type integer: \"...\""),
                      bad("6", "division by zero"))));
      assertThat(verify(scene, mapping, SyncMode.STRICT, false))
          .isInstanceOfSatisfying(
              Verified.class,
              it ->
                  assertThat(it.first())
                      .extracting(row -> row.key().toString())
                      .containsExactly("2", "5", "6"));
    }
  }

  @Test
  void everyColumnHasToBeRight() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id integer PRIMARY KEY, a text, a_n integer, b text, b_n integer);
            INSERT INTO item VALUES (1, '1', 1, '2', 2), (2, '1', 1, '2', 3), (3, '1', 0, '2', 2),
                (4, '1', 1, 'x', 2);
            """)) {
      RowMapping mapping =
          Mappings.of(
              scene.database, "item", Mappings.integer("a", "a_n"), Mappings.integer("b", "b_n"));
      assertThat(verify(scene, mapping, SyncMode.STRICT, false))
          .isInstanceOfSatisfying(
              Verified.class,
              it ->
                  assertThat(it.first())
                      .extracting(row -> row.key().toString())
                      .containsExactly("2", "3", "4"));
    }
  }

  @Test
  void aBrokenComparisonIsNoRowsFault() throws Exception {
    try (Scene scene = filled(3, "")) {
      RowMapping mapping =
          Mappings.of(
              scene.database, "item", Mappings.pair("total", "total_n", "nothere(%1$s)", "%2$s"));
      assertThatThrownBy(() -> verify(scene, mapping, SyncMode.STRICT, false))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nothere");
    }
  }

  @Test
  void writesNothing() throws Exception {
    try (Scene scene = filled(30, "UPDATE item SET total = 'x' WHERE id IN (7, 8)")) {
      String before = scene.value("SELECT xmin, xmax, ctid, * FROM item ORDER BY id");
      verify(scene, SyncMode.BOTH, false);
      assertThat(scene.value("SELECT xmin, xmax, ctid, * FROM item ORDER BY id")).isEqualTo(before);
    }
  }

  @Test
  void aPassThatEndsEarlySaysNothing() throws Exception {
    try (Scene scene = filled(15_000, "")) {
      scene.afterBatch(batch -> scene.fence.set("paused"));
      assertThat(verify(scene, SyncMode.STRICT, false)).isEqualTo(new Paused("by hand"));
      scene.fence.set("mode is BOTH");
      assertThat(verify(scene, SyncMode.STRICT, false)).isEqualTo(new OwnerLost("mode is BOTH"));
      assertThat(scene.progress).hasSize(1);
    }
  }

  @Test
  void aTableThatTookTheNameIsNotVerified() throws Exception {
    try (Scene scene = filled(15_000, "")) {
      scene.afterBatch(
          batch ->
              scene.database.execute(
                  "ALTER TABLE item RENAME TO before; CREATE TABLE item AS TABLE before"));
      assertThat(verify(scene, SyncMode.STRICT, false)).isInstanceOf(Stopped.class);
    }
  }

  @Test
  void anEmptyTableIsVerified() throws Exception {
    try (Scene scene = filled(0, "")) {
      assertThat(verify(scene, SyncMode.STRICT, false)).isEqualTo(new Verified(0, 0, List.of()));
    }
  }

  @Test
  void waitsForAnExclusiveLock() throws Exception {
    try (Scene scene = filled(30, "");
        Connection ddl = scene.database.connect();
        Statement statement = ddl.createStatement()) {
      ddl.setAutoCommit(false);
      statement.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE");
      scene.time.meanwhile(
          sleep -> {
            if (sleep == 4) {
              ddl.commit();
            }
          });
      assertThat(verify(scene, SyncMode.STRICT, false)).isEqualTo(new Verified(30, 0, List.of()));
      assertThat(scene.waits).hasSize(4);
    }
  }

  private static BadRow bad(String key, String reason) {
    return new BadRow(Key.of(key), reason);
  }
}
