package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that cannot be: each is refused by name, and nothing is written. */
class RefusalTest {

  private static final String TABLES =
      """
      CREATE TABLE t (
        id int PRIMARY KEY, a text, b int NOT NULL DEFAULT 1, c varchar(10), d date,
        g int GENERATED ALWAYS AS (b + 1) STORED, watched text, seen text, referred int UNIQUE,
        secret text, "Mixed Case" text, stats int);
      CREATE TABLE child (id int PRIMARY KEY, r int REFERENCES t (referred));
      CREATE TABLE parent (id int PRIMARY KEY);
      CREATE TABLE fk (
        id int PRIMARY KEY, p int DEFAULT 0 REFERENCES parent ON DELETE SET DEFAULT,
        no int GENERATED ALWAYS AS IDENTITY, n int CHECK (n > 0));
      CREATE VIEW v AS SELECT seen FROM t;
      CREATE MATERIALIZED VIEW kept AS SELECT secret FROM t;
      CREATE STATISTICS s ON b, stats FROM t;
      CREATE VIEW listed AS SELECT w FROM t AS x (i, a, b, c, d, g, w);
      CREATE TABLE voiceless (x int);
      CREATE PUBLICATION all_of_it FOR TABLE voiceless;
      CREATE TABLE ex (id int PRIMARY KEY, e int4range, EXCLUDE USING gist (e WITH &&));
      CREATE TABLE parted (id int PRIMARY KEY, x int, own int, differs int DEFAULT 1)
        PARTITION BY RANGE (id);
      CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9);
      CREATE INDEX own ON part (own);
      ALTER TABLE part ALTER COLUMN differs SET DEFAULT 2;
      CREATE TABLE keyed (id int, half int, expr text, PRIMARY KEY (id, half)) PARTITION BY RANGE (half);
      CREATE TABLE keyed_1 PARTITION OF keyed FOR VALUES FROM (0) TO (9) PARTITION BY LIST (id);
      CREATE TABLE folded (id int, expr text, plain int) PARTITION BY LIST (lower(expr));
      CREATE TABLE checked (id int PRIMARY KEY, x int) PARTITION BY HASH (id);
      CREATE TABLE checked_0 PARTITION OF checked FOR VALUES WITH (MODULUS 1, REMAINDER 0);
      ALTER TABLE checked_0 ADD CONSTRAINT small CHECK (x < 10);
      CREATE TABLE above (id int PRIMARY KEY, x int);
      CREATE TABLE below (PRIMARY KEY (id)) INHERITS (above);
      CREATE TABLE far (id int, x int, PRIMARY KEY (id)) PARTITION BY LIST (id);
      CREATE TABLE far_1 PARTITION OF far FOR VALUES IN (1);
      CREATE VIEW far_view AS SELECT x FROM far_1;
      CREATE TABLE whole (id int PRIMARY KEY, s int, p int, r int) PARTITION BY HASH (id);
      CREATE TABLE whole_0 PARTITION OF whole FOR VALUES WITH (MODULUS 1, REMAINDER 0);
      CREATE STATISTICS whole_s ON s, p FROM whole;
      CREATE TABLE pointing (id int PRIMARY KEY, w int REFERENCES whole);
      INSERT INTO t (id, a) VALUES (1, '1');
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {table: nowhere, column: a, to: z} ! no-table
          {table: t, column: nothing, to: z} ! no-column
          {table: t, column: Mixed, to: z} ! no-column
          {table: t, column: a, to: c} ! name-taken
          {table: t, column: a, to: xmin} ! name-taken
          {table: gatefold.rollout, column: change, to: chg} ! system-table
          {table: pg_catalog.pg_class, column: relname, to: z} ! system-table
          {table: t, column: g, to: z} ! generated-column
          {table: t, column: id, to: z, up: id + 1, down: z - 1} ! primary-key
          {table: voiceless, column: x, to: z} ! no-replica-identity
          {table: part, column: x, to: z} ! partition
          {table: keyed_1, column: half, to: z} ! partition
          {table: parted, column: own, to: z} ! not-carried
          {table: parted, column: differs, to: z} ! partition-differs
          {table: parted, column: differs, default: "7"} ! partition-differs
          {table: keyed, column: half, to: z} ! partition-key
          {table: keyed, column: id, to: z} ! partition-key
          {table: folded, column: expr, to: z} ! partition-key
          {table: folded, column: plain, to: z} ! no-unique-key
          {table: checked, column: x, to: z} ! not-carried
          {table: far, column: x, to: z} ! not-carried
          {table: whole, column: s, to: z} ! not-carried
          {table: whole, column: id, to: z} ! partition-key
          {table: above, column: x, to: z} ! inherited
          {table: below, column: x, to: z} ! inherited
          {table: v, column: seen, to: z} ! not-a-table
          {table: t, column: secret, to: z} ! not-carried
          {table: t, column: watched, to: z} ! does-not-fit
          {table: t, column: b, to: z} ! generated-depends
          {table: ex, column: e, to: z} ! exclusion
          {table: t, column: referred, to: z, up: referred + 1, down: z - 1} ! referenced
          {table: t, column: a, type: no_such_type} ! bad-type
          {table: t, column: a, type: int, up: "nope::int", down: "a::text"} ! bad-up
          {table: t, column: a, type: int, up: "42", down: "a::text"} ! bad-up
          {table: t, column: a, type: int, up: "a::int + id", down: "a::text", same_meaning: true} ! up-reads-others
          {table: t, column: a, type: int, up: "a::int)", down: "a::text"} ! bad-up
          {table: t, column: a, type: int, down: "lower(a)"} ! bad-down
          {table: t, column: a, type: int, to: z, up: "length(a)"} ! no-down
          {table: t, column: a, type: int, up: "length(a)", down: "a::text"} ! other-meaning
          {table: t, column: a, to: z, nullable: false} ! null-stays-null
          {table: t, column: a, to: z, up: "a || now()", down: "z"} ! volatile-up
          {table: t, column: a, type: int, default: "'x'"} ! bad-default
          {table: t, column: c, nullable: true} ! nothing-to-do
          {table: fk, column: p, to: z} ! not-carried
          {table: fk, column: "no", to: z, nullable: true} ! identity-column
          {table: fk, column: "no", default: "5"} ! identity-column
          {table: fk, column: n, to: z, type: bigint, on_down_failure: give_up_rollback} ! give-up-constrained
          {table: t, column: d, type: int, up: "1", down: "DATE '2000-01-01'", same_meaning: true} ! bad-down
          """)
  void isRefusedByName(String operation, String code) throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      Outcome outcome = journey.submit("change: x\noperations:\n  - alter_column: " + operation);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons()).extracting(Reason::code).contains(code));
      assertThat(journey.rollouts().list()).isEmpty();
      assertThat(journey.rows("SELECT count(*) FROM gatefold.claim")).containsExactly("0");
    }
  }

  @Test
  void aPrivilegeThatAnotherRoleGrantedIsRefused() throws Exception {
    String granted =
        """
        RESET SESSION AUTHORIZATION;
        DO $$ BEGIN
          IF to_regrole('granting') IS NULL THEN CREATE ROLE granting; END IF;
        END $$;
        GRANT USAGE ON SCHEMA public TO granting;
        GRANT SELECT (a) ON t TO granting WITH GRANT OPTION;
        SET ROLE granting;
        GRANT SELECT (a) ON t TO pg_monitor;
        """;
    assertThat(
            Carrying.refusals(TABLES + granted, "  - rename_column: {table: t, column: a, to: z}"))
        .containsExactly(
            "not-carried: SELECT for pg_monitor was granted by another role than the owner,"
                + " and this version does not carry that over");
  }

  @Test
  void aSecondChangeOnTheSameColumnNamesTheFirst() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(rename("first", "c", "cc"));

      assertThat(journey.submit(rename("second", "c", "other")))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> {
                Reason reason = refused.refusal().reasons().get(0);
                assertThat(reason.code()).isEqualTo("column-claimed");
                assertThat(reason.message()).contains("\"first\"");
              });
      assertThat(journey.submit(rename("third", "a", "cc"))).isInstanceOf(Outcome.Refused.class);
      assertThat(journey.submit(rename("fourth", "a", "aa"))).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollouts().list()).hasSize(2);
    }
  }

  @Test
  void theSameFileAgainChangesNothingAndAnotherOneReplacesThePlan() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      String file = rename("x", "c", "cc");
      journey.submitted(file);
      List<String> history = journey.rows("SELECT count(*) FROM gatefold.history");
      assertThat(journey.submit(file)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM gatefold.history")).isEqualTo(history);

      journey.submitted(rename("x", "c", "ccc"));
      assertThat(journey.rows("SELECT column_name FROM gatefold.claim ORDER BY 1"))
          .containsExactly("c", "ccc");
    }
  }

  private static String rename(String change, String from, String to) {
    return """
    change: %s
    operations:
      - rename_column: {table: t, column: %s, to: %s}
    """
        .formatted(change, from, to);
  }
}
