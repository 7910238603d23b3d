package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What became of a feed between two stages keeps the next one closed, and says so. */
class FeedGateTest {

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column:
            {table: t, column: a, type: int, up: "a::int", down: "a::text", same_meaning: true}
      sync: cdc
      """;

  private Journey journey;

  @BeforeEach
  void start() throws SQLException {
    journey =
        Journey.asSuperuser(
            """
            CREATE TABLE t (id int PRIMARY KEY, a text);
            INSERT INTO t SELECT i, i FROM generate_series(1, 100) i""");
    journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  @Test
  void caughtUpIsClear() throws SQLException {
    assertThat(feed().verdict()).isEqualTo(Verdict.CLEAR);
    assertThat(feed().detail()).contains("s and ", " bytes behind");
  }

  @Test
  void notReadForLongIsWaitedForAndCaughtUpByWhoeverPromotes() throws SQLException {
    journey.sql(
        "UPDATE gatefold.feed SET heard_said_at = now() - interval '1 minute'; UPDATE t SET a = 7");
    assertThat(feed().verdict()).isEqualTo(Verdict.WAITING);
    assertThat(feed().detail()).startsWith("60.").endsWith("nobody reads it");
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT DISTINCT a + 1 FROM t")).containsExactly("8");
  }

  @Test
  void aSlotThatIsGoneLeavesNothingButTheWayBack() throws SQLException {
    journey.sql(
        """
        SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
        WHERE database = current_database()""");
    assertThat(feed().verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT pubname FROM pg_publication")).isEmpty();
  }

  @Test
  void aPublicationThatSendsLessIsNotTrusted() throws SQLException {
    journey.sql(
        """
        DO $$ BEGIN
          EXECUTE (SELECT format('ALTER PUBLICATION %I SET (publish = ''insert'')', pubname)
                   FROM pg_publication);
        END $$""");
    assertThat(finding("sync t").verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(finding("sync t").detail()).contains("its publication was dropped or changed");
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT pubname FROM pg_publication")).isEmpty();
  }

  @Test
  void whatASlotMissedIsNotForgottenByASecondRollback() throws SQLException {
    journey.promoted("x", StageName.RETIRE);
    journey.sql(
        """
        SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
        WHERE database = current_database()""");
    journey.sql("UPDATE t SET a = 700 WHERE id = 7");
    for (int time = 1; time <= 2; time++) {
      assertThat(journey.rollback("x", Optional.of(RolloutState.BACKFILLED)))
          .as("rollback number %d", time)
          .isInstanceOf(Outcome.Differs.class);
    }
    journey.sql("UPDATE t SET a = 701 WHERE id = 7");
    assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT a FROM t WHERE id = 7")).containsExactly("701");
  }

  @Test
  void aRowThatHasNoValueKeepsRetireClosedUntilItIsMended() throws SQLException {
    journey.sql("UPDATE t SET a = 'seven' WHERE id = 7");
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    assertThat(feed().detail()).endsWith("1 rows have no value in the shape that follows");
    assertThat(journey.rows("SELECT key, reason FROM gatefold.feed_pending"))
        .containsExactly("{7}|invalid input syntax for type integer: \"...\"");
    journey.sql("UPDATE t SET a = '7' WHERE id = 7");
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
  }

  private Finding feed() throws SQLException {
    return finding("feed t");
  }

  private Finding finding(String check) throws SQLException {
    Outcome outcome = journey.rollouts().evidence(new ChangeName("x"), Optional.empty());
    List<Finding> findings = ((Outcome.Measured) outcome).evidence().findings();
    return findings.stream()
        .filter(it -> it.check().replace("public.", "").equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(findings));
  }
}
