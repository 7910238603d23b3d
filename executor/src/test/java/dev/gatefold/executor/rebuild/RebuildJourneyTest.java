package dev.gatefold.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.VerificationOrder;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table goes all the way to another shape, there and back. */
class RebuildJourneyTest {

  private static final String PARTED =
      """
      change: parted
      operations:
        - rebuild_table:
            table: events
            primary_key: [id, at]
            partition_by: range (at)
            partitions:
              - {name: events_2025, values: "from ('2025-01-01') to ('2026-01-01')"}
              - {name: events_2026, values: "from ('2026-01-01') to ('2027-01-01')"}
              - {name: events_rest, values: default}
      sync: cdc
      """;

  private static final ChangeName PARTED_NAME = new ChangeName("parted");

  private Journey journey;

  @BeforeEach
  void start() throws SQLException {
    journey =
        Journey.asSuperuser(
            """
            CREATE TABLE events (
              id bigserial PRIMARY KEY,
              at date,
              kind text NOT NULL DEFAULT 'plain' CHECK (kind <> ''),
              words int GENERATED ALWAYS AS (length(kind)) STORED,
              note text);
            ALTER TABLE events SET (fillfactor = 90, toast.autovacuum_enabled = off);
            COMMENT ON TABLE events IS 'what happened';
            COMMENT ON COLUMN events.note IS 'by hand';
            ALTER TABLE events ALTER COLUMN kind SET STATISTICS 200;
            CREATE INDEX events_kind ON events (kind, at DESC) INCLUDE (id) WHERE note IS NULL;
            COMMENT ON INDEX events_kind IS 'for lists';
            GRANT SELECT, INSERT ON events TO pg_monitor WITH GRANT OPTION;
            GRANT UPDATE (note) ON events TO PUBLIC;
            INSERT INTO events (at, kind)
            SELECT date '2024-12-01' + i, 'k' || i % 7 FROM generate_series(1, 1000) i;
            ANALYZE events;
            """);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  @Test
  void allTheWay() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.EXPAND);
    journey.sql(
        """
        UPDATE events SET kind = 'soon' WHERE id <= 10; DELETE FROM events WHERE id = 11;
        INSERT INTO events (at) VALUES ('2026-05-05')""");
    assertThat(journey.promote("parted", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    journey.sql(
        """
        UPDATE events SET at = '2026-02-02' WHERE id = 20; DELETE FROM events WHERE id = 21;
        UPDATE events SET id = 5000 WHERE id = 22""");
    List<String> rows = journey.rows("SELECT * FROM events ORDER BY id");
    assertThat(journey.promote("parted", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT * FROM events ORDER BY id")).isEqualTo(rows);
    assertThat(journey.rows("SELECT tableoid::regclass FROM events WHERE id = 20"))
        .containsExactly("events_2026");
    journey.sql("INSERT INTO events (at) VALUES ('2027-01-01')");
    assertThat(journey.rows("SELECT max(id) FROM events WHERE id < 5000")).containsExactly("1002");
    assertThat(journey.promote("parted", StageName.DROP)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT count(*) FROM events")).containsExactly("1000");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void backAgain() throws SQLException {
    List<String> before = journey.catalog("events");
    journey.submitted(PARTED).promoted("parted", StageName.RETIRE);
    journey.sql(
        """
        UPDATE events SET note = 'new' WHERE id = 30; DELETE FROM events WHERE id = 31;
        UPDATE events SET at = '2030-01-01', id = 6000 WHERE id = 32;
        INSERT INTO events (at) VALUES ('2025-03-03')""");
    List<String> rows = journey.rows("SELECT * FROM events ORDER BY id");
    assertThat(journey.rollback("parted", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT * FROM events ORDER BY id")).isEqualTo(rows);
    assertThat(journey.catalog("events")).isEqualTo(before);
    assertThat(leftovers()).isEmpty();
  }

  /** The new table has rights that nobody gave it, and the old one none at all. */
  @Test
  void theRightsAreThoseOfTheOldTable() throws SQLException {
    journey.sql("REVOKE ALL ON events FROM PUBLIC, pg_monitor");
    journey.sql("UPDATE pg_class SET relacl = NULL WHERE relname = 'events'");
    journey.sql("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor WITH GRANT OPTION");
    journey.submitted(PARTED).promoted("parted", StageName.RETIRE);
    assertThat(journey.rows("SELECT has_table_privilege('pg_monitor', 'events', 'SELECT')"))
        .containsExactly("f");
    journey.sql(
        """
        GRANT SELECT ON events TO pg_monitor WITH GRANT OPTION; SET ROLE pg_monitor;
        GRANT SELECT ON events TO pg_read_all_stats; RESET ROLE""");
    assertThat(journey.rollback("parted", Optional.of(RolloutState.BACKFILLED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT has_table_privilege('pg_read_all_stats', 'events', 'SELECT')"))
        .containsExactly("t");
    journey.promoted("parted", StageName.RETIRE);
    journey.sql("REVOKE SELECT ON events FROM pg_monitor, pg_read_all_stats");
    assertThat(journey.rollback("parted", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT has_table_privilege('pg_read_all_stats', 'events', 'SELECT')"))
        .containsExactly("f");
  }

  @Test
  void rowsOfAPartitionThatWasAttachedKeepTheWayBackClosed() throws SQLException {
    journey.submitted(PARTED.replaceFirst("\\n *- \\{name: events_rest.*", ""));
    journey.sql("DELETE FROM events WHERE at < '2025-01-01' OR at >= '2027-01-01'");
    journey.promoted("parted", StageName.RETIRE);
    journey.sql(
        """
        CREATE TABLE events_2030 (LIKE events INCLUDING ALL);
        INSERT INTO events_2030 (id, at) VALUES (3000, '2030-01-01');
        ALTER TABLE events ATTACH PARTITION events_2030 FOR VALUES FROM ('2030-01-01') TO ('2031-01-01')""");
    assertThat(String.valueOf(journey.rollback("parted", Optional.empty())))
        .contains("Differs")
        .contains("3000");
    assertThat(
            journey
                .rollouts()
                .verify(
                    PARTED_NAME,
                    VerificationOrder.repairing(Optional.of(Side.NEW)),
                    StageListener.SILENT))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rollback("parted", Optional.empty())).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT at FROM events WHERE id = 3000")).containsExactly("2030-01-01");
  }

  @Test
  void whatCameToTheNewTableKeepsTheWayBackClosed() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.RETIRE);
    journey.sql("CREATE INDEX late ON events (note)");
    assertThat(String.valueOf(journey.rollback("parted", Optional.empty())))
        .contains("something has come to public.events");
    journey.sql("DROP INDEX late");
    assertThat(journey.rollback("parted", Optional.empty())).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void whatIsDroppedDoesNotComeBack() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.DROP);
    assertThat(journey.rollback("parted", Optional.empty())).isInstanceOf(Outcome.OutOfOrder.class);
  }

  @Test
  void anEmptiedTableIsFollowed() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.BACKFILL);
    journey.sql("TRUNCATE events; INSERT INTO events (at) VALUES ('2025-03-03')");
    assertThat(journey.promote("parted", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT id FROM events")).containsExactly("1001");
    journey.sql("TRUNCATE events; INSERT INTO events (at) VALUES ('2025-03-03')");
    assertThat(journey.rollback("parted", Optional.of(RolloutState.BACKFILLED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT id FROM events")).containsExactly("1002");
  }

  @Test
  void whatCameMeanwhileKeepsTheTablesFromBeingSwapped() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.BACKFILL);
    journey.sql("ALTER TABLE events ALTER COLUMN kind SET DEFAULT 'other'");
    assertThat(journey.promote("parted", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    journey.sql("ALTER TABLE events ALTER COLUMN kind SET DEFAULT 'plain'");
    journey.sql("CREATE VIEW late AS SELECT kind FROM events");
    assertThat(journey.promote("parted", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
    journey.sql("DROP VIEW late");
    assertThat(
            journey
                .rollouts()
                .promote(
                    PARTED_NAME,
                    Journey.order(StageName.RETIRE),
                    once("retire.verify", "CREATE INDEX late ON events (note)")))
        .isInstanceOf(Outcome.Stopped.class);
    journey.sql("DROP INDEX late");
    assertThat(journey.rollouts().retry(PARTED_NAME, StageListener.SILENT))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT kind FROM events WHERE id = 1")).containsExactly("k1");
  }

  @Test
  void aRowWithoutAPartitionStopsTheBackfillWithItsKey() throws SQLException {
    journey.submitted(PARTED.replaceFirst("\n *- \\{name: events_rest.*", ""));
    journey.promoted("parted", StageName.EXPAND);
    assertThat(String.valueOf(journey.promote("parted", StageName.BACKFILL)))
        .contains("no partition of relation");
    journey.sql("DELETE FROM events WHERE at < '2025-01-01' OR at >= '2027-01-01'");
    assertThat(journey.rollouts().retry(PARTED_NAME, StageListener.SILENT))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void twoRowsWithTheOldKeyKeepTheWayBackClosed() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.RETIRE);
    journey.sql("INSERT INTO events (id, at) VALUES (1, '2026-06-06')");
    assertThat(journey.promote("parted", StageName.DROP)).isNotInstanceOf(Outcome.Done.class);
    journey.rollback("parted", Optional.of(RolloutState.RETIRED));
    assertThat(journey.rollback("parted", Optional.empty())).isNotInstanceOf(Outcome.Done.class);
    journey.sql("DELETE FROM events WHERE id = 1 AND at = '2026-06-06'");
    assertThat(journey.rollback("parted", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT count(*) FROM events")).containsExactly("1000");
  }

  @Test
  void aRowThatWasLostIsFoundFromEitherSideAndRepaired() throws SQLException {
    journey.submitted(PARTED).promoted("parted", StageName.BACKFILL);
    String copy =
        journey.rows("SELECT relname FROM pg_class WHERE relname LIKE 'gatefold%new'").get(0);
    journey.sql("DELETE FROM %1$s WHERE id IN (5, 7)".formatted(copy));
    journey.sql(
        """
        INSERT INTO %1$s (id, at) VALUES (2000, '2026-01-01');
        UPDATE %1$s SET note = 'wrong' WHERE id = 9"""
            .formatted(copy));
    assertThat(String.valueOf(journey.rollouts().verify(PARTED_NAME, StageListener.SILENT)))
        .contains("Differs")
        .contains("2000");
    assertThat(journey.promote("parted", StageName.RETIRE)).isNotInstanceOf(Outcome.Done.class);
    assertThat(
            journey
                .rollouts()
                .verify(
                    PARTED_NAME,
                    VerificationOrder.repairing(Optional.of(Side.OLD)),
                    StageListener.SILENT))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.promote("parted", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT count(*), max(id), count(note) FROM events"))
        .containsExactly("1000|1000|0");
  }

  /** Something that happens in the middle of a stage. */
  private StageListener once(String step, String sql) {
    return new StageListener() {
      @Override
      public void done(Step done, Duration took) {
        if (done.id().startsWith(step)) {
          try {
            journey.sql(sql);
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        }
      }
    };
  }

  private List<String> leftovers() throws SQLException {
    return journey.rows(
        """
        SELECT 'slot ' || slot_name FROM pg_replication_slots WHERE database = current_database()
        UNION ALL SELECT 'publication ' || pubname FROM pg_publication
        UNION ALL SELECT 'feed of ' || table_oid FROM gatefold.feed
        UNION ALL SELECT relname FROM pg_class WHERE relname LIKE '%gatefold\\_%'
        UNION ALL SELECT conname FROM pg_constraint WHERE conname LIKE '%gatefold\\_%'
          AND connamespace <> 'gatefold'::regnamespace""");
  }
}
