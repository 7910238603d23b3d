package dev.gatefold.executor.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random tables and random changes, each from a seed of its own: what was undone is as it was
 * before, and what was done is as the direct DDL would have made it. More of them with {@code
 * -Dgatefold.property.runs=N}, one of them again with {@code -Dgatefold.property.seed=N
 * -Dgatefold.property.runs=1}.
 */
class RandomChangesTest {

  private static final long SEED = Long.getLong("gatefold.property.seed", 1);
  private static final int RUNS = Integer.getInteger("gatefold.property.runs", 20);

  /** A refusal is an answer; more of them than one in so many would leave nothing tested. */
  private static final int MOST_REFUSED_OF = 3;

  @Test
  void goThereAndBackWithoutATrace(TestReporter reporter) throws Exception {
    List<String> refused = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      try {
        run(seed).ifPresent(refused::add);
      } catch (AssertionError e) {
        wrong.add("seed " + seed + ": " + e.getMessage());
      }
    }
    reporter.publishEntry(
        "seeds %d to %d".formatted(SEED, SEED + RUNS - 1), refused.size() + " refused");
    assertThat(wrong).isEmpty();
    assertThat(refused.size())
        .as("refused: %s", refused)
        .isLessThanOrEqualTo(RUNS / MOST_REFUSED_OF);
  }

  /** Answers with the refusal, where there was one. */
  private static Optional<String> run(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTable table = RandomTable.of(random);
    RandomChange change = RandomChange.of(table, random);
    String tables = table.sql("public") + table.sql("twin");
    try (Journey journey =
        Journey.on(
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad'); CREATE SCHEMA twin;" + tables)) {
      Outcome outcome = journey.submit(change.file());
      if (outcome instanceof Outcome.Refused refusal) {
        return Optional.of("seed %d: %s".formatted(seed, refusal.refusal().reasons()));
      }
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      thereAndBack(journey, table, random);
      for (String ddl : change.direct()) {
        journey.sql(ddl);
      }
      assertThat(journey.pictureWithoutSchemas("public." + table.name()))
          .as("%s%n%s", change, tables)
          .isEqualTo(journey.pictureWithoutSchemas("twin." + table.name()))
          .noneMatch(line -> line.contains("gatefold"));
      assertSameRows(journey, table);
      return Optional.empty();
    }
  }

  /** Forward, and once, from some stage that has a way back, back to some stage before. */
  private static void thereAndBack(Journey journey, RandomTable table, SplittableRandom random)
      throws Exception {
    List<StageName> stages =
        journey.rollout("x").plan().stages().stream().map(Stage::name).toList();
    List<List<String>> pictures = new ArrayList<>(List.of(journey.catalog(table.name())));
    int turn = stages.size() == 1 ? 1 : 1 + random.nextInt(stages.size() - 1);
    for (int i = 0; i < turn; i++) {
      assertThat(journey.promote("x", stages.get(i))).isInstanceOf(Outcome.Done.class);
      pictures.add(journey.catalog(table.name()));
    }
    int reached = turn;
    for (int back = 1 + random.nextInt(turn); back > 0; back--) {
      Outcome undone = journey.rollback("x", Optional.empty());
      if (undone instanceof Outcome.OutOfOrder && stages.size() == 1) {
        return;
      }
      assertThat(undone).isInstanceOf(Outcome.Done.class);
      reached--;
      assertThat(journey.catalog(table.name())).isEqualTo(pictures.get(reached));
    }
    if (journey.rollout("x").state() == RolloutState.ROLLED_BACK) {
      journey.submitted(journey.rows("SELECT file FROM gatefold.rollout").get(0));
    }
    for (StageName stage : stages.subList(reached, stages.size())) {
      assertThat(journey.promote("x", stage)).isInstanceOf(Outcome.Done.class);
    }
  }

  private static void assertSameRows(Journey journey, RandomTable table) throws Exception {
    String columns =
        journey
            .rows(
                """
                SELECT string_agg(quote_ident(attname) || '::text', ', ' ORDER BY attname)
                FROM pg_attribute
                WHERE attrelid = 'twin.%s'::regclass AND attnum > 0 AND NOT attisdropped\
                """
                    .formatted(table.name()))
            .get(0);
    String rows = "SELECT %s FROM %s.%s ORDER BY id";
    assertThat(journey.rows(rows.formatted(columns, "public", table.name())))
        .isEqualTo(journey.rows(rows.formatted(columns, "twin", table.name())));
  }
}
