package dev.gatefold.backfill.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.BackfillJob;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.testing.Scene;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each row is one worker's at a time, whatever becomes of the workers. */
class RangeLedgerTest {

  private static RangeLedger opened(Scene scene, Connection connection) throws SQLException {
    BackfillJob job = Scene.job(scene.itemMapping().fromBlockToBlock("a test"));
    RangeLedger ledger = Scene.ledger(job);
    assertThat(ledger.open(connection)).isEmpty();
    return ledger;
  }

  private static Claim claimed(RangeLedger ledger, Connection connection, int workers)
      throws SQLException {
    return ledger.claim(connection, workers, ledger.ahead(connection, workers), Part::rowsPerBlock);
  }

  private static LeasedRange granted(RangeLedger ledger, Connection connection, int workers)
      throws Exception {
    return claimed(ledger, connection, workers)
        .match(
            Claim.Granted::range,
            others -> {
              throw new AssertionError("others work");
            },
            done -> {
              throw new AssertionError("all is done");
            });
  }

  private static void pass(RangeLedger ledger, Connection connection, LeasedRange range)
      throws SQLException {
    ledger.pass(range, range.rest().end(), OptionalLong.of(1)).run(connection);
  }

  private static Scene analysed() throws SQLException {
    Scene scene = Scene.items(20_000);
    scene.database.execute("ANALYZE item");
    return scene;
  }

  @Test
  void noTwoWorkersGetTheSameRows() throws Exception {
    try (Scene scene = analysed();
        Connection one = scene.database.connect();
        Connection two = scene.database.connect();
        WorkerSession first = WorkerSession.on(one);
        WorkerSession second = WorkerSession.on(two)) {
      RangeLedger ledger = opened(scene, first.connection());
      LeasedRange here = granted(ledger, first.connection(), 2);
      LeasedRange there = granted(ledger, second.connection(), 2);
      assertThat(there.rest().after()).contains(here.rest().end());
      assertThat(claimed(ledger, second.connection(), 2)).isInstanceOf(Claim.OthersWork.class);
      assertThat(ledger.isAnyFree(two, 2)).isFalse();
      assertThat(ledger.isAnyFree(two, 3)).isTrue();
    }
  }

  @Test
  void whoIsSilentForTooLongLosesTheRangeAndTheRightToWrite() throws Exception {
    try (Scene scene = analysed();
        Connection one = scene.database.connect();
        Connection two = scene.database.connect();
        WorkerSession first = WorkerSession.on(one);
        WorkerSession second = WorkerSession.on(two)) {
      RangeLedger ledger = opened(scene, first.connection());
      LeasedRange lost = granted(ledger, first.connection(), 1);
      scene.database.execute("UPDATE gatefold.backfill_range SET leased_until = '-infinity'");
      assertThat(ledger.isAnyFree(two, 1)).isTrue();
      LeasedRange taken = granted(ledger, second.connection(), 1);
      assertThat(taken.id()).isEqualTo(lost.id());
      assertThat(taken.fence()).isEqualTo(lost.fence() + 1);
      assertThatThrownBy(() -> pass(ledger, one, lost))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("GF101"));
      pass(ledger, two, taken);
      // What is done is gone, and nobody can do it again.
      assertThatThrownBy(() -> pass(ledger, two, taken)).hasMessageContaining("taken over");
    }
  }

  @Test
  void theRangeOfASessionThatIsGoneIsFreeAtOnce() throws Exception {
    try (Scene scene = analysed();
        Connection two = scene.database.connect();
        WorkerSession second = WorkerSession.on(two)) {
      RangeLedger ledger;
      LeasedRange left;
      try (Connection one = scene.database.connect();
          WorkerSession first = WorkerSession.on(one)) {
        ledger = opened(scene, first.connection());
        left = granted(ledger, first.connection(), 1);
        ledger.pass(left, Key.of("(1,0)"), OptionalLong.of(185)).run(one);
      }
      LeasedRange taken = granted(ledger, second.connection(), 1);
      assertThat(taken.id()).isEqualTo(left.id());
      assertThat(taken.rest().after()).isEqualTo(Optional.of(Key.of("(1,0)")));
    }
  }

  @Test
  void aBatchMakesItsLeaseNew() throws Exception {
    try (Scene scene = analysed();
        Connection one = scene.database.connect();
        WorkerSession first = WorkerSession.on(one)) {
      RangeLedger ledger = opened(scene, first.connection());
      LeasedRange range = granted(ledger, first.connection(), 1);
      scene.database.execute("UPDATE gatefold.backfill_range SET leased_until = '-infinity'");
      ledger.pass(range, Key.of("(1,0)"), OptionalLong.of(185)).run(one);
      assertThat(
              scene.value(
                  "SELECT leased_until > clock_timestamp() + interval '%d seconds' FROM gatefold.backfill_range"
                      .formatted(RangeLedger.LEASE.minus(Duration.ofSeconds(5)).toSeconds())))
          .isEqualTo("t");
    }
  }

  @Test
  void whoWorkedOnAPartThatWasMadeAnewLosesItsRange() throws Exception {
    try (Scene scene = analysed();
        Connection one = scene.database.connect();
        WorkerSession first = WorkerSession.on(one)) {
      RangeLedger ledger = opened(scene, first.connection());
      LeasedRange range = granted(ledger, first.connection(), 1);
      scene.database.execute("VACUUM FULL item");
      try (Connection asReplica = scene.database.connect();
          var statement = asReplica.createStatement()) {
        statement.execute("SET session_replication_role = replica");
        assertThat(ledger.open(asReplica)).isEmpty();
      }
      assertThat(scene.value("SELECT count(*) FROM gatefold.backfill_range")).isEqualTo("0");
      assertThatThrownBy(() -> pass(ledger, one, range))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("GF101"));
    }
  }
}
