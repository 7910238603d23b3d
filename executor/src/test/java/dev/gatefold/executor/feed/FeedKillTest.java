package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.feed.ControlledClient.Tally;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads the feed is killed after each step; the same command again loses no write. */
class FeedKillTest {

  private static final int CLIENTS = 3;
  private static final long SEED = 20_261_122L;

  @ParameterizedTest
  @EnumSource(names = {"COLUMNS", "PARTITIONS"})
  void afterEachSingleStepForwards(FedChange fed) throws Exception {
    Tally tally = new Tally();
    try (Journey journey = fed.journey()) {
      journey.submitted(fed.change());
      Plan plan = journey.rollout("feed").plan();
      try (Crew crew =
          Crew.start(journey.database(), ControlledClient.several(CLIENTS, SEED, tally))) {
        for (Stage stage : plan.stages()) {
          for (Step step : stage.steps()) {
            killAfter(journey, List.of("feed", "promote", stage.name().word()), step);
          }
          assertThat(journey.promote("feed", stage.name())).isInstanceOf(Outcome.Done.class);
        }
        crew.workOn();
        assertThat(crew.finished()).isPositive();
      }
      ControlledClient.assertWhole(journey, tally);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COLUMNS", "PARTITIONS"})
  void afterEachSingleStepBack(FedChange fed) throws Exception {
    Tally tally = new Tally();
    try (Journey journey = fed.journey()) {
      List<String> catalog = journey.catalog("items");
      journey.submitted(fed.change());
      Plan plan = journey.rollout("feed").plan();
      journey.promoted("feed", StageName.RETIRE);
      try (Crew crew =
          Crew.start(journey.database(), ControlledClient.several(CLIENTS, SEED, tally))) {
        for (StageName stage : List.of(StageName.RETIRE, StageName.BACKFILL, StageName.EXPAND)) {
          List<Step> steps = new ArrayList<>(plan.stage(stage).orElseThrow().steps());
          Collections.reverse(steps);
          for (Step step : steps) {
            for (Step undo : step.undo().steps()) {
              killAfter(journey, List.of("feed", "rollback", stage.word()), undo);
            }
          }
          assertThat(journey.rollback("feed", Optional.empty())).isInstanceOf(Outcome.Done.class);
        }
        crew.workOn();
        assertThat(crew.finished()).isPositive();
      }
      assertThat(journey.rollout("feed").state()).isEqualTo(RolloutState.ROLLED_BACK);
      ControlledClient.assertWhole(journey, tally);
      assertThat(journey.catalog("items")).isEqualTo(catalog);
    }
  }

  private static void killAfter(Journey journey, List<String> command, Step step) throws Exception {
    try (ExecutorProcess process =
        ExecutorProcess.start(journey.database().url(), command, step.id())) {
      assertThat(process.await(line -> line.equals("done " + step.id())))
          .as("%s reaches %s", command, step.id())
          .isPresent();
      process.kill();
    }
  }
}
