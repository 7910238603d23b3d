package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.report.PlanDigest;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Survey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may not know that a change could be straight is told. */
class ShorterPlanTest {

  @ParameterizedTest
  @CsvSource({
    // rows, bytes, rows written an hour, whether it is told
    "0, 16384, 0, true",
    ", 16384, 0, true",
    "1, 16384, 0, false",
    ", 16384, 5, false",
    ", 16384, , false",
    "0, 1000000, 0, false",
  })
  void whereNoTableSeemsToHaveARow(
      @Nullable Long rows, long bytes, @Nullable Long written, boolean told) {
    Survey.Seen seen =
        new Survey.Seen(
            TableName.parse("fresh"), some(rows), bytes, some(written), OptionalLong.empty());

    assertThat(PlanDigest.shorter(plan(seen)).toString().contains("public.fresh")).isEqualTo(told);
  }

  @Test
  void ofNoTableNothingIsKnown() {
    assertThat(PlanDigest.shorter(plan())).isEmpty();
  }

  private static OptionalLong some(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static Plan plan(Survey.Seen... tables) {
    Plan plan = Plans.ofTotal();
    return new Plan(
        plan.change(),
        plan.backfill(),
        plan.stages(),
        plan.claims(),
        plan.hazards(),
        plan.deploys(),
        plan.leaving(),
        Optional.of(new Survey(List.of(tables), List.of())));
  }
}
