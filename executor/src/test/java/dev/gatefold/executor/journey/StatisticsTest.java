package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;

/** What the planner of queries knows about a column comes along. */
class StatisticsTest {

  private static final String TABLES =
      """
      CREATE TABLE %1$s.t (id int PRIMARY KEY, a int, b int, "Odd Name" text);
      CREATE STATISTICS %1$s.nd (ndistinct) ON b, a FROM %1$s.t;
      CREATE STATISTICS %1$s.dep (dependencies, mcv) ON a, b, id FROM %1$s.t;
      CREATE STATISTICS %1$s.expr ON (a + 1), (lower("Odd Name")) FROM %1$s.t;
      CREATE STATISTICS %1$s.one ON (a * 2) FROM %1$s.t;
      CREATE STATISTICS %1$s.other ON id, b FROM %1$s.t;
      ALTER STATISTICS %1$s.nd SET STATISTICS 77;
      ALTER STATISTICS %1$s.dep SET STATISTICS 0;
      COMMENT ON STATISTICS %1$s.nd IS 'it''s \\ for a';
      INSERT INTO %1$s.t SELECT i, i % 10, i % 5, 'x' || i FROM generate_series(1, 500) i;
      """;

  /** An owner could not give them away, so a superuser changes the table here. */
  @Test
  void statisticsOfAnotherOwnerComeAlong() throws Exception {
    try (Journey journey =
        Journey.asSuperuser(
            TABLES.replace("%1$s", "public")
                + "ALTER STATISTICS expr OWNER TO pg_database_owner;")) {
      journey
          .submitted("change: c\noperations:\n  - rename_column: {table: t, column: a, to: z}")
          .promoted("c", StageName.DROP);
      assertThat(
              journey.rows("SELECT stxowner::regrole FROM pg_statistic_ext WHERE stxname = 'expr'"))
          .containsExactly("pg_database_owner");
    }
  }

  @Test
  void extendedStatisticsComeAlong() throws Exception {
    new Carrying(
            TABLES,
            """
              - alter_column: {table: t, column: a, type: bigint}
              - rename_column: {table: t, column: '"Odd Name"', to: even}
            """,
            """
            ALTER TABLE twin.t ALTER a TYPE bigint;
            ALTER TABLE twin.t RENAME "Odd Name" TO even;
            -- Plain DDL forgets the targets when it changes a type.
            ALTER STATISTICS twin.nd SET STATISTICS 77;
            ALTER STATISTICS twin.dep SET STATISTICS 0;
            """)
        .holds();
  }

  @Test
  void thoseInAnotherSchemaStayThere() throws Exception {
    new Carrying(
            TABLES
                + "CREATE SCHEMA IF NOT EXISTS s;"
                + "CREATE STATISTICS s.%1$s_nd ON a, b FROM %1$s.t;",
            "  - rename_column: {table: t, column: a, to: z}",
            "ALTER TABLE twin.t RENAME a TO z")
        .holds();
  }

  @Test
  void theNewColumnIsKnownBeforeItIsMet() throws Exception {
    try (Journey journey = Journey.on(TABLES.replace("%1$s", "public"))) {
      journey
          .submitted("change: c\noperations:\n  - rename_column: {table: t, column: a, to: z}")
          .promoted("c", StageName.BACKFILL);
      assertThat(journey.rows("SELECT n_distinct FROM pg_stats WHERE attname = 'z'"))
          .containsExactly("10");
      assertThat(
              journey.rows(
                  """
                  SELECT count(*) FROM pg_statistic_ext_data d
                  JOIN pg_statistic_ext s ON s.oid = d.stxoid
                  WHERE s.stxname LIKE '~gatefold%' AND s.stxkind = '{d}' AND d.stxdndistinct IS NOT NULL"""))
          .containsExactly("1");
    }
  }

  @Test
  void aSingleColumnIsAnalyzedByItself() throws Exception {
    try (Journey journey =
        Journey.on(
            // Nor may autovacuum analyze the table while it is looked at.
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int) WITH (autovacuum_enabled = off);"
                + "ALTER TABLE t ALTER a SET STATISTICS 0;"
                + "INSERT INTO t SELECT i, i % 10, i FROM generate_series(1, 100) i")) {
      journey
          .submitted("change: c\noperations:\n  - rename_column: {table: t, column: b, to: z}")
          .promoted("c", StageName.BACKFILL);
      assertThat(journey.rows("SELECT attname FROM pg_stats WHERE tablename = 't'"))
          .containsExactly("z");
    }
  }

  @Test
  void targetsOfAnIndexComeAlong() throws Exception {
    new Carrying(
            """
            CREATE TABLE %1$s.t (id int PRIMARY KEY, a text, b int);
            CREATE INDEX expr ON %1$s.t (b, lower(a), upper(a));
            CREATE UNIQUE INDEX uniq ON %1$s.t (lower(a));
            ALTER INDEX %1$s.expr ALTER COLUMN 2 SET STATISTICS 300;
            ALTER INDEX %1$s.expr ALTER COLUMN 3 SET STATISTICS 0;
            ALTER INDEX %1$s.uniq ALTER COLUMN 1 SET STATISTICS 44;
            COMMENT ON INDEX %1$s.expr IS 'both';
            ALTER TABLE %1$s.t CLUSTER ON expr;
            """,
            "  - rename_column: {table: t, column: a, to: z}", "ALTER TABLE twin.t RENAME a TO z")
        .holds();
  }

  @Test
  void thoseOfOthersAreRefused() throws Exception {
    try (Journey journey =
        Journey.asOwner("stats_owner", "CREATE TABLE t (id int PRIMARY KEY, a int, b int)")) {
      journey.database().asSuperuser("CREATE STATISTICS theirs ON a, b FROM t");
      assertThat(
              journey
                  .submit("change: c\noperations:\n  - rename_column: {table: t, column: a, to: z}")
                  .toString())
          .contains("not-owner")
          .contains("public.theirs");
    }
  }
}
