package dev.gatefold.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of examples, from its first table to what its query answers in the end. */
class ExamplesTest {

  static List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(""))) {
      return all.filter(folder -> Files.exists(folder.resolve("change.yaml"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void endsAsItSays(Path folder) throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(read(folder, "before.sql"));
      try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(database.url()))) {
        rollouts.init();
        String yaml = read(folder, "change.yaml");
        Change change = ChangeFile.read(folder + "/change.yaml", yaml);
        assertThat(rollouts.submit(change, yaml)).isInstanceOf(Outcome.Done.class);
        Plan plan = rollouts.find(change.name()).orElseThrow().plan();

        promote(rollouts, plan, StageName.EXPAND);
        database.execute(read(folder, "old.sql"));
        promote(rollouts, plan, StageName.BACKFILL);
        database.execute(read(folder, "new.sql"));
        promote(rollouts, plan, StageName.RETIRE);
        promote(rollouts, plan, StageName.DROP);
      }
      assertThat(database.queryLines(read(folder, "expect.sql")))
          .isEqualTo(read(folder, "expect.txt").lines().toList());
    }
  }

  private static void promote(LiveRollouts rollouts, Plan plan, StageName stage) throws Exception {
    if (plan.stage(stage).isPresent()) {
      assertThat(
              rollouts.promote(
                  plan.change(),
                  PromotionOrder.answering(stage, "the example is its only user"),
                  StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
    }
  }

  private static String read(Path folder, String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
