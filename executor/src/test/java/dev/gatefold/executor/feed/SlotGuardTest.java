package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A slot that keeps too much, and what nobody knows any more. */
class SlotGuardTest {

  private static final String CHANGE =
      """
      change: x
      operations: [{alter_column: {table: t, column: a, type: bigint}}]
      sync: cdc
      backfill: {ignore_signals: [slot_lag]}
      feed: {give_up_at: 32MB}
      """;

  private static final String LEFT =
      """
      SELECT slot_name::text FROM pg_replication_slots WHERE database = current_database()
      UNION ALL SELECT pubname FROM pg_publication""";

  private static final String MUCH_LOG =
      "CREATE TABLE noise AS SELECT repeat('x', 100) FROM generate_series(1, 400000)";

  private Journey journey;

  @BeforeEach
  void start() throws SQLException {
    journey =
        Journey.asSuperuser(
            """
            CREATE TABLE t (id int PRIMARY KEY, a int);
            INSERT INTO t SELECT i, i FROM generate_series(1, 100) i""");
    journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  @Test
  void aSlotThatKeepsTooMuchIsGivenUpRatherThanTheDiskFilled() throws Exception {
    assertThat(givesUp()).isFalse();
    journey.sql(MUCH_LOG);
    assertThat(givesUp()).isTrue();
    assertThat(
            journey.rows(
                "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"))
        .containsExactly("0");
    assertThat(journey.rows("SELECT kind FROM gatefold.history ORDER BY id DESC LIMIT 1"))
        .containsExactly("feed-given-up");
    assertThat(journey.rows("SELECT event FROM gatefold.notification ORDER BY id DESC LIMIT 1"))
        .containsExactly("failed");
    assertThat(status())
        .startsWith("given up: the server kept ")
        .contains("the change allows 32 MB");

    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows(LEFT)).isEmpty();
  }

  @Test
  void whoeverPromotesGivesItUp() throws Exception {
    journey.sql(MUCH_LOG);
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    assertThat(status()).startsWith("given up: ");
    assertThat(
            journey.rows(
                "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"))
        .containsExactly("0");
  }

  @Test
  void whatNobodyKnowsIsCleanedAndNothingElse() throws SQLException {
    journey.sql(
        """
        CREATE PUBLICATION theirs;
        CREATE PUBLICATION gatefold_like_ours""");
    journey.sql(
        "SELECT pg_create_logical_replication_slot('theirs_' || (SELECT oid FROM pg_database WHERE datname = current_database()), 'pgoutput')");
    List<String> others =
        journey.rows(LEFT + " ORDER BY 1").stream()
            .filter(it -> it.contains("their") || it.contains("like"))
            .toList();
    assertThat(journey.rollouts().clean()).isEmpty();
    journey.sql("DROP SCHEMA gatefold CASCADE");
    assertThat(messages(journey.rollouts().doctor()))
        .filteredOn(it -> it.contains("no change of this database knows it"))
        .hasSize(2);
    assertThat(messages(journey.rollouts().clean()))
        .hasSize(2)
        .allMatch(it -> it.matches("gatefold_[0-9a-f]{12}(_\\d+)? is dropped"));
    assertThat(journey.rows(LEFT + " ORDER BY 1")).isEqualTo(others);
    journey.sql(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
  }

  private static List<String> messages(List<Diagnosis> diagnoses) {
    return diagnoses.stream().map(Diagnosis::message).toList();
  }

  private boolean givesUp() throws SQLException {
    try (Connection connection = journey.database().connect()) {
      Made made = new FeedStore().list(connection, journey.rollout("x").id()).get(0);
      return new SlotGuard().givesUp(connection, made);
    }
  }

  private String status() throws SQLException {
    return journey.rollouts().feeds().values().iterator().next().get(0).words();
  }
}
