package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers, rules and parsed functions that read a changed column. */
class TriggersCarriedTest {

  private static final String TABLES =
      """
      CREATE TABLE %1$s.seen (what text);
      CREATE FUNCTION %1$s.note() RETURNS trigger LANGUAGE plpgsql AS
        $f$ BEGIN INSERT INTO %1$s.seen VALUES (TG_NAME || TG_ARGV[0]); RETURN NULL; END $f$;
      CREATE FUNCTION %1$s.let() RETURNS trigger LANGUAGE plpgsql AS
        $f$ BEGIN RETURN NEW; END $f$;
      CREATE TABLE %1$s.orders (id int PRIMARY KEY, total int, note text, "Cust omer" text);
      INSERT INTO %1$s.orders SELECT i, i, 'n', 'c' FROM generate_series(1, 300) i;
      CREATE TRIGGER several AFTER UPDATE OF note, total, "Cust omer" ON %1$s.orders FOR EACH ROW
        WHEN (OLD.total IS DISTINCT FROM NEW.total AND NEW.note <> 'total')
        EXECUTE FUNCTION %1$s.note('a ''quoted'' one');
      CREATE TRIGGER "Off ""it"" now" BEFORE UPDATE OF total ON %1$s.orders FOR EACH ROW
        EXECUTE FUNCTION %1$s.let();
      ALTER TABLE %1$s.orders DISABLE TRIGGER "Off ""it"" now";
      CREATE CONSTRAINT TRIGGER late AFTER INSERT OR UPDATE OF total ON %1$s.orders
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.total > 10)
        EXECUTE FUNCTION %1$s.note('late');
      ALTER TABLE %1$s.orders ENABLE ALWAYS TRIGGER late;
      CREATE TRIGGER tables AFTER UPDATE ON %1$s.orders REFERENCING NEW TABLE AS n
        FOR EACH STATEMENT EXECUTE FUNCTION %1$s.note('tables');
      CREATE TRIGGER whole AFTER UPDATE ON %1$s.orders FOR EACH ROW
        WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION %1$s.note('whole');
      COMMENT ON TRIGGER several ON %1$s.orders IS 'it''s one of several';
      COMMENT ON TRIGGER late ON %1$s.orders IS 'late';
      CREATE RULE logged AS ON UPDATE TO %1$s.orders WHERE OLD.total < 0 DO ALSO
        INSERT INTO %1$s.seen VALUES ('rule ' || OLD.total);
      ALTER TABLE %1$s.orders ENABLE REPLICA RULE logged;
      COMMENT ON RULE logged ON %1$s.orders IS 'on replicas';
      """;

  private static final String DEARER =
      """
      CREATE FUNCTION %1$s.dearer(than int) RETURNS SETOF int LANGUAGE sql STABLE
        BEGIN ATOMIC SELECT id FROM %1$s.orders WHERE total > than ORDER BY total; END""";

  private static final String CUT =
      """
      CREATE PROCEDURE %1$s.cut(by int) LANGUAGE sql
        BEGIN ATOMIC UPDATE %1$s.orders SET total = total - by WHERE id = 1; END""";

  private static final String RENAME =
      """
      change: shape
      operations:
        - rename_column: {table: orders, column: total, to: amount}
      backfill: {user_triggers: skip}
      """;

  private static final String RETYPE =
      """
      change: shape
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
      backfill: {user_triggers: skip}
      """;

  private static Journey journey() throws Exception {
    Journey journey =
        Journey.on("CREATE SCHEMA twin;" + TABLES.formatted("public") + TABLES.formatted("twin"));
    for (String schema : List.of("public", "twin")) {
      journey.sql(DEARER.formatted(schema));
      journey.sql(CUT.formatted(schema));
      journey.sql(
          """
          GRANT EXECUTE ON FUNCTION %1$s.dearer TO pg_monitor;
          COMMENT ON FUNCTION %1$s.dearer IS 'by total';
          """
              .formatted(schema));
    }
    return journey;
  }

  private static List<String> lines(Journey journey, String table) throws Exception {
    return journey.catalog(table).stream()
        .map(line -> line.replaceAll("\\b(twin|public)\\.", ""))
        .toList();
  }

  @Test
  void followARenameAsTheServerWouldHaveFollowedIt() throws Exception {
    try (Journey journey = journey()) {
      journey.submitted(RENAME).promoted("shape", StageName.DROP);
      journey.sql("ALTER TABLE twin.orders RENAME COLUMN total TO amount");

      List<String> left = new ArrayList<>(lines(journey, "orders"));
      List<String> right = new ArrayList<>(lines(journey, "twin.orders"));
      left.removeAll(lines(journey, "twin.orders"));
      right.removeAll(lines(journey, "orders"));
      assertThat(left).isEqualTo(right);
      assertThat(lines(journey, "orders"))
          .filteredOn(line -> line.startsWith("trigger") || line.startsWith("parsed"))
          .hasSize(7);
      journey.sql("CALL cut(2); TRUNCATE seen; UPDATE orders SET amount = 50 WHERE id = 3");
      assertThat(journey.rows("SELECT what FROM seen ORDER BY what COLLATE \"C\""))
          .containsExactly("latelate", "severala 'quoted' one", "tablestables", "wholewhole");
      assertThat(journey.rows("SELECT amount FROM orders WHERE id = 1")).containsExactly("-1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RENAME, RETYPE})
  void comeBackAsTheyWere(String change) throws Exception {
    try (Journey journey = journey()) {
      List<String> before = journey.catalog("orders");
      for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL, StageName.RETIRE)) {
        journey.submitted(change).promoted("shape", stage);
        assertThat(journey.rollback("shape", Optional.of(RolloutState.PLANNED)))
            .isInstanceOf(Outcome.Done.class);
        assertThat(journey.catalog("orders")).isEqualTo(before);
      }
    }
  }

  @Test
  void theSyncStaysTheLastToSeeARow() throws Exception {
    try (Journey journey = journey()) {
      journey.submitted(RETYPE).promoted("shape", StageName.RETIRE);
      assertThat(
              journey.rows(
                  """
                  SELECT string_agg(DISTINCT left(tgname COLLATE "C", 9), ','
                                    ORDER BY left(tgname COLLATE "C", 9))
                  FROM pg_trigger WHERE tgrelid = 'orders'::regclass AND NOT tgisinternal"""))
          .containsExactly("Off \"it\" ,late,several,tables,whole,~gatefold");
    }
  }

  @Test
  void thePlanNamesTriggersThatMissWritesToTheNewColumn() throws Exception {
    try (Journey journey = journey()) {
      journey.submitted(RENAME);
      assertThat(journey.rollout("shape").plan().hazards())
          .filteredOn(hazard -> hazard.code().equals("trigger-misses-column"))
          .extracting(Hazard::object)
          .containsExactlyInAnyOrder(
              "public.orders.several",
              "public.orders.\"Off \"\"it\"\" now\"",
              "public.orders.late");

      // Which is so: several and late say UPDATE OF, whole does not.
      journey.promoted("shape", StageName.BACKFILL);
      journey.sql("TRUNCATE seen; UPDATE orders SET amount = 60 WHERE id = 4");
      assertThat(journey.rows("SELECT what FROM seen ORDER BY 1"))
          .containsExactly("tablestables", "wholewhole");
      assertThat(journey.rows("SELECT total FROM orders WHERE id = 4")).containsExactly("60");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RENAME, RETYPE})
  void ofAPartitionedTableFollowToo(String change) throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE orders (id int PRIMARY KEY, total int) PARTITION BY RANGE (id);
            CREATE TABLE low PARTITION OF orders FOR VALUES FROM (0) TO (100);
            CREATE TABLE high PARTITION OF orders FOR VALUES FROM (100) TO (1000);
            INSERT INTO orders SELECT i, i FROM generate_series(1, 300) i;
            CREATE FUNCTION let() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER by_total AFTER UPDATE OF total ON orders FOR EACH ROW
              WHEN (NEW.total > 10) EXECUTE FUNCTION let();
            ALTER TABLE orders DISABLE TRIGGER by_total;
            CREATE VIEW dear AS SELECT id, total FROM orders WHERE total > 100;
            CREATE POLICY positive ON orders USING (total > 0);
            """)) {
      List<String> before = journey.catalog("orders");
      List<String> low = journey.catalog("low");
      journey.submitted(change).promoted("shape", StageName.RETIRE);
      assertThat(journey.rows("SELECT count(total) FROM dear")).containsExactly("200");
      assertThat(
              journey.rows("SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgname = 'by_total'"))
          .containsExactly("D");
      assertThat(journey.rollback("shape", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("orders")).isEqualTo(before);
      assertThat(journey.catalog("low")).isEqualTo(low);
      journey.submitted(change).promoted("shape", StageName.DROP);
      assertThat(journey.rows("SELECT sum(total) FROM dear")).containsExactly("40100");
    }
  }
}
