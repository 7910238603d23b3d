package dev.gatefold.backfill.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.verify.Verification.OwnerLost;
import dev.gatefold.backfill.verify.Verification.Paused;
import dev.gatefold.backfill.verify.Verification.Verified;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Without a key any update moves its row, so that one snapshot has to show all of them. */
class SnapshotTest {

  private static final BoundStatement CANCELED =
      BoundStatement.of("DO $$ BEGIN RAISE 'canceling statement' USING ERRCODE = '57014'; END $$");

  /** Rows that are right, in more than one range, with room for others in the first blocks. */
  private static Scene rows(int rows) throws Exception {
    return rows(rows, 0);
  }

  private static Scene rows(int rows, int wrong) throws Exception {
    Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id bigint, total text, total_n integer);
            INSERT INTO item SELECT i, i::text, CASE i WHEN %d THEN -1 ELSE i END
            FROM generate_series(1, %d) AS i;
            DELETE FROM item WHERE id BETWEEN 2 AND 50;
            """
                .formatted(wrong, rows));
    scene.database.execute("VACUUM item");
    return scene;
  }

  private static Verification verify(Scene scene) throws Exception {
    try (Connection connection = scene.database.connect()) {
      return new Verifier(
              scene.fence,
              PassStore.FORGETFUL,
              Restraint.NONE,
              scene,
              scene.time.timing(),
              scene.database::connect)
          .run(
              connection,
              new VerificationJob(
                  scene.itemMapping(), SyncMode.STRICT, false, OptionalLong.empty()),
              Findings.NONE);
    }
  }

  @Test
  void allRowsAreComparedOnce() throws Exception {
    try (Scene scene = rows(25_000)) {
      assertThat(verify(scene)).isEqualTo(new Verified(24_951, 0, List.of()));
      assertThat(scene.progress).hasSizeGreaterThan(2);
    }
  }

  @Test
  void aWrongRowThatMovesBehindThePassIsSeen() throws Exception {
    try (Scene scene = rows(25_000, 20_000)) {
      String before = scene.value("SELECT ctid FROM item WHERE id = 20000");
      scene.afterBatch(
          batch -> {
            if (batch == 1) {
              scene.database.execute("UPDATE item SET id = id WHERE id = 20000");
              assertThat(scene.value("SELECT ctid < '(1,0)' FROM item WHERE id = 20000"))
                  .isEqualTo("t");
            }
          });
      assertThat(verify(scene))
          .isInstanceOfSatisfying(
              Verified.class,
              it -> {
                assertThat(it.mismatches()).isEqualTo(1);
                assertThat(it.first().get(0).key()).isEqualTo(Key.of("ctid " + before));
              });
    }
  }

  @Test
  void anErrorOfTheMappingIsFoundInTheSnapshotToo() throws Exception {
    try (Scene scene = rows(300)) {
      scene.database.execute("UPDATE item SET total = 'x' WHERE id IN (60, 61)");
      assertThat(verify(scene))
          .isInstanceOfSatisfying(Verified.class, it -> assertThat(it.mismatches()).isEqualTo(2));
    }
  }

  @Test
  void theOwnerIsAskedBesideTheSnapshotAndNothingStaysOpen() throws Exception {
    try (Scene scene = rows(25_000)) {
      scene.afterBatch(batch -> scene.fence.set("paused"));
      assertThat(verify(scene)).isEqualTo(new Paused("by hand"));
      scene.fence.set("another");
      assertThat(verify(scene)).isEqualTo(new OwnerLost("another"));
      scene.database.execute("DO $$ BEGIN SET LOCAL lock_timeout = '5s'; LOCK TABLE item; END $$");
    }
  }

  @Test
  void aSnapshotThatIsLostMeansBeginningAnew() throws Exception {
    try (Scene scene = rows(25_000)) {
      scene.database.execute("UPDATE item SET total_n = -1 WHERE id IN (1, 24999)");
      Verifier verifier =
          new Verifier(
              () ->
                  scene.progress.size() == 1 && scene.waits.isEmpty()
                      ? CANCELED
                      : scene.fence.statement(),
              PassStore.FORGETFUL,
              Restraint.NONE,
              scene,
              scene.time.timing(),
              scene.database::connect);
      try (Connection connection = scene.database.connect()) {
        assertThat(
                verifier.run(
                    connection,
                    new VerificationJob(
                        scene.itemMapping(), SyncMode.STRICT, false, OptionalLong.empty()),
                    Findings.NONE))
            .isInstanceOfSatisfying(
                Verified.class,
                it -> {
                  assertThat(it.rows()).isEqualTo(24_951);
                  assertThat(it.mismatches()).isEqualTo(2);
                });
      }
      assertThat(scene.waits).hasSize(1);
    }
  }

  @Test
  void aTableThatIsRewrittenBeforeTheSnapshotDoesNotLookEmpty() throws Exception {
    try (Scene scene = rows(300);
        Connection ddl = scene.database.connect();
        Statement statement = ddl.createStatement()) {
      ddl.setAutoCommit(false);
      statement.execute("ALTER TABLE item ALTER COLUMN id TYPE numeric");
      CompletableFuture<Void> rewritten =
          CompletableFuture.runAsync(() -> commitOnceAwaited(scene, ddl));
      assertThat(verify(scene)).isEqualTo(new Verified(251, 0, List.of()));
      rewritten.get(1, TimeUnit.MINUTES);
    }
  }

  /** Ends the transaction while somebody waits for its lock. */
  private static void commitOnceAwaited(Scene scene, Connection ddl) {
    try (Connection watching = scene.database.connect();
        PreparedStatement awaited =
            watching.prepareStatement(
                "SELECT FROM pg_locks WHERE relation = 'item'::regclass::oid AND NOT granted")) {
      boolean found = false;
      while (!found) {
        try (ResultSet row = awaited.executeQuery()) {
          found = row.next();
        }
      }
      ddl.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anEmptyTableIsVerified() throws Exception {
    try (Scene scene = rows(0)) {
      assertThat(verify(scene)).isEqualTo(new Verified(0, 0, List.of()));
    }
  }
}
