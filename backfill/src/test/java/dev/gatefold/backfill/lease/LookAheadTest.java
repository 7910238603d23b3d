package dev.gatefold.backfill.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys are skipped before the ledger is locked, and not while others wait for it. */
class LookAheadTest {

  private Scene scene;
  private RangeLedger ledger;
  private Connection connection;
  private WorkerSession session;

  @BeforeEach
  void start() throws Exception {
    scene = Scene.items(60_000);
    RowMapping mapping = scene.itemMapping();
    ledger = Scene.ledger(Scene.job(mapping));
    connection = scene.database.connect();
    session = WorkerSession.on(connection);
    assertThat(ledger.open(connection)).isEmpty();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // As a batch has it.
      statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
    }
  }

  @AfterEach
  void end() throws Exception {
    connection.rollback();
    session.close();
    connection.close();
    scene.close();
  }

  private Optional<Claim> claimed(Optional<KeyAhead> ahead) throws SQLException {
    Optional<Claim> claim = Optional.of(ledger.claim(connection, 3, ahead, Part::rowsPerBlock));
    connection.commit();
    return claim;
  }

  private static Key endOf(Claim claim) throws InterruptedException {
    return claim.match(
        granted -> granted.range().rest().end(),
        others -> Key.of("others"),
        done -> Key.of("done"));
  }

  private long scansOfKeys() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_stat_get_xact_numscans('item_pkey'::regclass)")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void whileTheLedgerIsLockedNoKeyIsLookedAt() throws Exception {
    Optional<KeyAhead> ahead;
    try (Connection other = scene.database.connect();
        Statement statement = other.createStatement()) {
      // Somebody else claims at this moment.
      other.setAutoCommit(false);
      statement.execute("SELECT FROM gatefold.backfill FOR UPDATE");
      ahead = ledger.ahead(connection, 3);
      other.rollback();
    }
    long before = scansOfKeys();
    assertThat(before).isPositive();
    Claim claim = ledger.claim(connection, 3, ahead, Part::rowsPerBlock);
    assertThat(scansOfKeys()).isEqualTo(before);
    assertThat(endOf(claim)).isEqualTo(Key.of("50000"));
  }

  @Test
  void whoeverWasFasterKeepsItsRowsAndTheOtherGetsTheNextFew() throws Exception {
    Optional<KeyAhead> ahead = ledger.ahead(connection, 3);
    assertThat(endOf(claimed(ahead).orElseThrow())).isEqualTo(Key.of("50000"));
    assertThat(endOf(claimed(ahead).orElseThrow())).isEqualTo(Key.of("52000"));
    assertThat(endOf(claimed(ledger.ahead(connection, 3)).orElseThrow()))
        .isEqualTo(Key.of("60000"));
  }

  @Test
  void nobodyLooksAheadForWhatNobodyMayHave() throws Exception {
    claimed(ledger.ahead(connection, 3));
    long before = scansOfKeys();
    assertThat(ledger.ahead(connection, 1)).isEmpty();
    assertThat(scansOfKeys()).isEqualTo(before);
  }
}
