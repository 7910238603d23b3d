package dev.gatefold.executor.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.VerificationOrder;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.SessionSetting;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Under heavy writes through both shapes a verification finds what is wrong, and nothing else. */
class NoFalseAlarmTest {

  private static final int PASSES = 6;

  @Test
  void onlyWhatIsWrongIsFoundAndRepaired() throws Exception {
    try (Journey journey = Journey.on(ShapesClient.TABLE)) {
      journey.submitted(ShapesClient.CHANGE).promoted("shapes", StageName.BACKFILL);
      try (Crew crew = Crew.start(journey.database(), ShapesClient.several(4, 7))) {
        for (int pass = 0; pass < PASSES; pass++) {
          crew.workOn();
          assertThat(verify(journey)).as("pass %d", pass).isInstanceOf(Outcome.Done.class);

          int id = ShapesClient.ROWS - 100 * pass;
          spoil(journey, id);
          assertThat(verify(journey))
              .as("pass %d over a row that is wrong", pass)
              .isInstanceOfSatisfying(
                  Outcome.Differs.class,
                  differs ->
                      assertThat(differs.rows())
                          .extracting(row -> row.key().values())
                          .containsExactly(List.of(String.valueOf(id % 40), String.valueOf(id))));
          assertThat(repair(journey)).isInstanceOf(Outcome.Done.class);
        }
        crew.finished();
      }
      assertThat(
              journey.rows(
                  "SELECT count(*) FROM orders WHERE amount IS DISTINCT FROM total / 3"
                      + " AND total IS DISTINCT FROM (amount * 3)::int"))
          .containsExactly("0");
    }
  }

  private static Outcome verify(Journey journey) throws Exception {
    return journey.rollouts().verify(new ChangeName("shapes"), StageListener.SILENT);
  }

  private static Outcome repair(Journey journey) throws Exception {
    return journey
        .rollouts()
        .verify(
            new ChangeName("shapes"),
            VerificationOrder.repairing(Optional.of(Side.OLD)),
            StageListener.SILENT);
  }

  /** Behind the sync's back, as none but a batch of ours writes. */
  private static void spoil(Journey journey, int id) throws Exception {
    String skip =
        journey.rollout("shapes").plan().stage(StageName.RETIRE).orElseThrow().steps().stream()
            .flatMap(step -> step instanceof VerifyRows rows ? Optional.of(rows).stream() : null)
            .map(step -> step.rows().skipSetting())
            .findFirst()
            .orElseThrow();
    SessionSetting setting = SessionSetting.parse(skip);
    journey.sql(
        "BEGIN; SELECT set_config('%s', '%s', true); UPDATE orders SET amount = -1 WHERE id = %d; COMMIT"
            .formatted(setting.name(), setting.value(), id));
  }
}
