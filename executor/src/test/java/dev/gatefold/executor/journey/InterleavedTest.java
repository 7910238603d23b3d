package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several changes under way in one database and on one table, each at another stage. */
class InterleavedTest {

  private static final String TABLE =
      """
      CREATE TABLE %1$s.t (
        id int PRIMARY KEY,
        a int NOT NULL DEFAULT 1 CONSTRAINT a_positive CHECK (a > 0),
        b text CONSTRAINT b_once UNIQUE,
        c varchar(20),
        d text);
      CREATE INDEX t_a ON %1$s.t (a DESC);
      CREATE INDEX t_c ON %1$s.t (c, lower(c)) WHERE c <> '';
      COMMENT ON COLUMN %1$s.t.b IS 'b';
      CREATE TABLE %1$s.u (id int PRIMARY KEY, a int NOT NULL);
      INSERT INTO %1$s.t SELECT i, i, 'b' || i, 'c' || i, 'd' FROM generate_series(1, 400) i;
      INSERT INTO %1$s.u SELECT i, i FROM generate_series(1, 400) i;
      """;

  private static final String TABLES =
      "CREATE SCHEMA twin;" + TABLE.formatted("public") + TABLE.formatted("twin");

  private static final List<String> CHANGES =
      List.of(
          "change: x0\noperations:\n  - alter_column: {table: t, column: a, type: bigint}",
          "change: x1\noperations:\n  - rename_column: {table: t, column: b, to: b2}",
          "change: x2\noperations:\n"
              + "  - alter_column: {table: t, column: c, to: c2, type: varchar(10)}",
          "change: x3\noperations:\n  - alter_column: {table: u, column: a, type: bigint}");

  private static final String DIRECT =
      """
      ALTER TABLE twin.t ALTER a TYPE bigint;
      ALTER TABLE twin.t RENAME b TO b2;
      ALTER TABLE twin.t ALTER c TYPE varchar(10);
      ALTER TABLE twin.t RENAME c TO c2;
      ALTER TABLE twin.u ALTER a TYPE bigint;
      """;

  /** In an order that the seed says, each forward and now and then one stage back. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void goOnBesideEachOtherInAnyOrder(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (Journey journey = Journey.on(TABLES)) {
      for (String change : CHANGES) {
        journey.submitted(change);
      }
      List<String> open = new ArrayList<>(List.of("x0", "x1", "x2", "x3"));
      int backs = 3;
      while (!open.isEmpty()) {
        String change = open.get(random.nextInt(open.size()));
        Optional<StageName> reached = journey.rollout(change).stage();
        if (backs > 0
            && reached.orElse(StageName.EXPAND) != StageName.EXPAND
            && random.nextBoolean()) {
          backs--;
          assertThat(journey.rollback(change, Optional.empty()))
              .as("seed %d: %s back", seed, change)
              .isInstanceOf(Outcome.Done.class);
        } else {
          forward(journey, change, reached, seed);
        }
        if (journey.rollout(change).state() == RolloutState.COMPLETED) {
          open.remove(change);
        }
      }
      journey.sql(DIRECT);
      for (String table : List.of("t", "u")) {
        assertThat(journey.pictureWithoutSchemas(table))
            .as("seed %d", seed)
            .isEqualTo(journey.pictureWithoutSchemas("twin." + table));
      }
      assertThat(journey.rows("SELECT id, a, b2, c2, d FROM t EXCEPT SELECT * FROM twin.t"))
          .isEmpty();
    }
  }

  private static void forward(
      Journey journey, String change, Optional<StageName> reached, long seed) throws Exception {
    StageName next = journey.rollout(change).plan().after(reached).orElseThrow();
    assertThat(journey.promote(change, next))
        .as("seed %d: %s %s", seed, change, next)
        .isInstanceOf(Outcome.Done.class);
    // Every one of them is in step, whatever the others are at.
    journey.sql("UPDATE t SET d = 'd' WHERE id = 5");
  }

  @Test
  void anIndexOverTheColumnsOfTwoChangesIsNeitherLostNorDoubled() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.sql("CREATE INDEX joint ON t (a, c); CREATE INDEX joint ON twin.t (a, c)");
      journey.submitted(CHANGES.get(0));
      Outcome second = journey.submit(CHANGES.get(2));
      assertThat(second)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons().get(0).message()).contains("\"x0\""));
      journey.promoted("x0", StageName.DROP);
      journey.submitted(CHANGES.get(2)).promoted("x2", StageName.DROP);
      journey.sql(
          "ALTER TABLE twin.t ALTER a TYPE bigint; ALTER TABLE twin.t ALTER c TYPE varchar(10);"
              + " ALTER TABLE twin.t RENAME c TO c2");
      assertThat(journey.pictureWithoutSchemas("t"))
          .isEqualTo(journey.pictureWithoutSchemas("twin.t"));
    }
  }
}
