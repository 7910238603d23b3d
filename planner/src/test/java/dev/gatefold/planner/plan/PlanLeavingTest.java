package dev.gatefold.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan.Leaving;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanLeavingTest {

  private static final TableName ORDERS = TableName.parse("orders");

  @Test
  void whatLeavesIsReadAsItWasWritten() {
    Plan plan =
        plan(
            List.of(
                new Leaving(
                    ORDERS, 7, Optional.of(new Identifier("Total")), new Identifier("hidden")),
                new Leaving(ORDERS, 7, Optional.empty(), new Identifier("hidden too"))));

    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
  }

  @Test
  void aPlanOfAVersionThatKnewNothingOfItIsReadAndKeepsItsFingerprint() {
    Plan plan = plan(List.of());

    assertThat(PlanJson.write(plan)).doesNotContain("leaving");
    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
  }

  private static Plan plan(List<Leaving> leaving) {
    return new Plan(
        new ChangeName("c"),
        BackfillSettings.DEFAULT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        leaving,
        Optional.empty());
  }
}
