package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** C10: columns of a partitioned table give way to new ones, with all partitions on every level. */
class PartitionedTest {

  /**
   * By range, by list below that, by hash below that; a default partition on two levels; one in
   * another schema, one whose columns stand in another order, one with dropped columns.
   */
  private static final String TABLES =
      """
      CREATE TABLE public.customers (code text PRIMARY KEY);
      INSERT INTO public.customers SELECT 'c' || i FROM generate_series(1, 3000) i;
      CREATE TABLE public.orders (
        day int NOT NULL, region text NOT NULL, id bigint NOT NULL,
        total integer NOT NULL DEFAULT 0 CONSTRAINT total_positive CHECK (total >= 0),
        code text CONSTRAINT code_known REFERENCES public.customers ON DELETE SET NULL DEFERRABLE,
        note text, spare text DEFAULT 'none',
        PRIMARY KEY (day, region, id),
        CONSTRAINT code_key UNIQUE (region, code, day, id) INCLUDE (note)
      ) PARTITION BY RANGE (day);
      CREATE TABLE public.early PARTITION OF public.orders FOR VALUES FROM (0) TO (10);
      CREATE TABLE more.middle (
        note text, junk int, total integer NOT NULL DEFAULT 0, code text, id bigint NOT NULL,
        region text NOT NULL, spare text DEFAULT 'none', day int NOT NULL,
        CONSTRAINT total_positive CHECK (total >= 0));
      ALTER TABLE more.middle DROP COLUMN junk;
      ALTER TABLE public.orders ATTACH PARTITION more.middle FOR VALUES FROM (10) TO (20);
      CREATE TABLE public.late PARTITION OF public.orders FOR VALUES FROM (20) TO (40)
        PARTITION BY LIST (region);
      CREATE TABLE public.late_eu PARTITION OF public.late FOR VALUES IN ('eu') PARTITION BY HASH (id);
      CREATE TABLE public.late_eu_0 PARTITION OF public.late_eu FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE public.late_eu_1 PARTITION OF public.late_eu FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      CREATE TABLE public.late_rest PARTITION OF public.late DEFAULT;
      CREATE TABLE public.other PARTITION OF public.orders DEFAULT;
      CREATE INDEX orders_total ON public.orders (total DESC, note) INCLUDE (code) WHERE total > 10;
      CREATE UNIQUE INDEX orders_code ON public.orders (day, lower(code), region, id);
      COMMENT ON COLUMN public.orders.total IS 'in cents';
      COMMENT ON COLUMN public.late_eu_1.total IS 'in cents of the euro';
      COMMENT ON CONSTRAINT total_positive ON public.orders IS 'no debts';
      COMMENT ON CONSTRAINT total_positive ON public.early IS 'no early debts';
      COMMENT ON CONSTRAINT code_key ON public.orders IS 'one each';
      COMMENT ON CONSTRAINT code_known ON public.orders IS 'no strangers';
      COMMENT ON CONSTRAINT code_known ON public.late_eu_1 IS 'nor in the euro zone';
      ALTER TABLE public.early RENAME CONSTRAINT code_known TO "Early Code";
      COMMENT ON INDEX public.orders_total IS 'for the report';
      ALTER INDEX public.early_total_note_code_idx RENAME TO "Early Total";
      COMMENT ON INDEX public."Early Total" IS 'for the early report';
      GRANT SELECT (total) ON public.orders TO pg_monitor;
      GRANT UPDATE (total) ON more.middle TO pg_monitor;
      ALTER TABLE ONLY public.orders ALTER COLUMN code SET STATISTICS 500;
      ALTER TABLE public.late_rest ALTER COLUMN code SET STATISTICS 300;
      INSERT INTO public.orders (day, region, id, total, code)
      SELECT i % 45, CASE i % 3 WHEN 0 THEN 'eu' ELSE 'r' || i % 4 END, i, i, 'c' || i
      FROM generate_series(1, 3000) i;
      """;

  private static final List<String> FAMILY =
      List.of(
          "public.orders",
          "public.early",
          "more.middle",
          "public.late",
          "public.late_eu",
          "public.late_eu_0",
          "public.late_eu_1",
          "public.late_rest",
          "public.other");

  private static final String CHANGE =
      """
      change: parts
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
        - rename_column: {table: orders, column: code, to: label}
        - rename_column: {table: orders, column: spare, to: reserve}
      """;

  private static final String ROWS =
      "SELECT tableoid::regclass, day, region, id, total, code, note, spare FROM orders"
          + " ORDER BY day, region, id";

  private static Journey journey() throws Exception {
    return Journey.on("CREATE SCHEMA more;" + TABLES);
  }

  private static List<String> catalog(Journey journey, Stream<String> tables) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String table : tables.toList()) {
      journey.catalog(table).forEach(line -> lines.add(table + " " + line));
    }
    lines.addAll(
        journey.rows(
            """
            SELECT 'attached', i.inhrelid::regclass, i.inhparent::regclass
            FROM pg_inherits i ORDER BY i.inhrelid::regclass::text COLLATE "C\""""));
    return lines;
  }

  private static List<String> catalog(Journey journey) throws Exception {
    return catalog(journey, FAMILY.stream());
  }

  @Test
  void c10_partitionedParent() throws Exception {
    try (Journey journey = journey()) {
      List<String> before = journey.rows(ROWS);
      journey.submitted(CHANGE).promoted("parts", StageName.DROP);

      assertThat(journey.rollout("parts").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(journey.rows(ROWS.replace("code", "label").replace("spare", "reserve")))
          .isEqualTo(before);
      List<String> changed = catalog(journey);
      journey.sql(
          "DROP TABLE orders, customers;"
              // ALTER COLUMN TYPE would lose names and comments of the parts of an index.
              + TABLES
                  .replace("total integer", "total bigint")
                  // The one name that a partition of version 18 cannot keep.
                  .replace(
                      "NOT NULL DEFAULT 0, code",
                      "CONSTRAINT orders_total_not_null NOT NULL DEFAULT 0, code")
              + """
                ALTER TABLE orders RENAME COLUMN code TO label;
                ALTER TABLE orders RENAME COLUMN spare TO reserve;
                """);
      assertThat(changed).isEqualTo(catalog(journey));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"EXPAND", "BACKFILL", "RETIRE"})
  void fromEachStageToTheStart(StageName stage) throws Exception {
    try (Journey journey = journey()) {
      List<String> catalog = catalog(journey);
      List<String> rows = journey.rows(ROWS);
      journey.submitted(CHANGE).promoted("parts", stage);
      assertThat(catalog(journey)).isNotEqualTo(catalog);

      assertThat(journey.rollback("parts", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);

      assertThat(catalog(journey)).isEqualTo(catalog);
      assertThat(journey.rows(ROWS)).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"BACKFILL", "RETIRE"})
  void oneStageBackAndForthOnceMore(StageName stage) throws Exception {
    try (Journey journey = journey()) {
      journey.submitted(CHANGE);
      journey.promoted("parts", stage == StageName.RETIRE ? StageName.BACKFILL : StageName.EXPAND);
      List<String> before = catalog(journey);
      journey.promoted("parts", stage);
      List<String> after = catalog(journey);

      assertThat(journey.rollback("parts", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(catalog(journey)).isEqualTo(before);

      journey.promoted("parts", stage);
      assertThat(catalog(journey)).isEqualTo(after);
      journey.promoted("parts", StageName.DROP);
    }
  }

  @Test
  void whatANewApplicationWroteMovesBetweenPartitionsAfterARollbackToo() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, n int, note text) PARTITION BY RANGE (id);
            CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
            CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
            INSERT INTO t VALUES (1, 1), (2, 2), (11, 11);
            """)) {
      journey.submitted(
          """
          change: text
          operations:
            - alter_column: {table: t, column: n, to: s, type: text, up: "n::text", down: "s::int"}
          """);
      journey.promoted("text", StageName.BACKFILL);
      journey.sql("UPDATE t SET s = '007' WHERE id = 2");
      assertThat(journey.rows("SELECT n FROM t WHERE id = 2")).containsExactly("7");
      assertThat(journey.rollback("text", Optional.empty())).isInstanceOf(Outcome.Done.class);

      journey.sql("UPDATE t SET id = 12, note = 'moved' WHERE id = 2");
      journey.promoted("text", StageName.BACKFILL);
      journey.sql("UPDATE t SET id = 3 WHERE id = 12");
      journey.promoted("text", StageName.DROP);
      assertThat(journey.rows("SELECT tableoid::regclass, id, s, note FROM t ORDER BY id"))
          .containsExactly("t_1|1|1|null", "t_1|3|007|moved", "t_2|11|11|null");
    }
  }

  @Test
  void aSessionInAPartitionIsNamedAndNobodyElseWaitsForIt() throws Exception {
    try (Journey journey = journey();
        Connection idle = journey.database().connect();
        Statement statement = idle.createStatement()) {
      journey.submitted(CHANGE);
      idle.setAutoCommit(false);
      statement.execute("SET application_name = 'the idle one'; SELECT count(*) FROM late_eu_0");
      List<String> reasons = new ArrayList<>();
      assertThat(
              journey
                  .rollouts()
                  .promote(
                      new ChangeName("parts"),
                      PromotionOrder.of(StageName.EXPAND),
                      new Unblocking(
                          reason -> {
                            reasons.add(reason);
                            // Between two attempts nothing is held: neither table nor partition.
                            journey.sql("UPDATE orders SET note = 'free' WHERE day = 1");
                            idle.commit();
                          })))
          .isInstanceOf(Outcome.Done.class);
      assertThat(reasons).isNotEmpty().allMatch(reason -> reason.contains("the idle one"));
    }
  }

  @Test
  void aDefaultIsChangedInPlaceAndBack() throws Exception {
    try (Journey journey = journey()) {
      List<String> catalog = catalog(journey);
      journey.submitted(
          """
          change: place
          operations:
            - alter_column: {table: orders, column: day, default: "3"}
            - alter_column: {table: orders, column: spare, default: "'some'"}
          """);
      journey.promoted("place", StageName.EXPAND);
      assertThat(
              journey.rows(
                  "SELECT column_default FROM information_schema.columns"
                      + " WHERE column_name = 'spare'"))
          .hasSize(FAMILY.size())
          .allMatch("'some'::text"::equals);
      assertThat(journey.rollback("place", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(catalog(journey)).isEqualTo(catalog);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"RETIRE", "DROP"})
  void sequencesGoAlong(StageName last) throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, no int GENERATED BY DEFAULT AS IDENTITY, tag serial)
            PARTITION BY RANGE (id);
            CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100);
            CREATE TABLE t_2 PARTITION OF t DEFAULT PARTITION BY LIST (id);
            CREATE TABLE t_2_rest PARTITION OF t_2 DEFAULT;
            INSERT INTO t SELECT generate_series(1, 200);
            """)) {
      List<String> tables = List.of("t", "t_1", "t_2", "t_2_rest");
      List<String> catalog = catalog(journey, tables.stream());
      journey
          .submitted(
              """
              change: numbers
              operations:
                - alter_column: {table: t, column: "no", type: bigint}
                - rename_column: {table: t, column: tag, to: label}
              """)
          .promoted("numbers", last);
      journey.sql("INSERT INTO t (id) VALUES (1001)");
      assertThat(journey.rows("SELECT no, label FROM t WHERE id = 1001"))
          .containsExactly("201|201");
      if (last == StageName.RETIRE) {
        assertThat(journey.rollback("numbers", Optional.of(RolloutState.PLANNED)))
            .isInstanceOf(Outcome.Done.class);
        journey.sql("INSERT INTO t (id) VALUES (1002)");
        assertThat(journey.rows("SELECT no, tag FROM t WHERE id = 1002"))
            .containsExactly("202|202");
        assertThat(catalog(journey, tables.stream())).isEqualTo(catalog);
      }
    }
  }
}
