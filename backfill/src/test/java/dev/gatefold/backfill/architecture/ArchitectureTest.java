package dev.gatefold.backfill.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.architecture.violations.DependsUpwards;
import dev.gatefold.backfill.architecture.violations.UsesEveryLibrary;
import dev.gatefold.testing.architecture.HouseRule;
import dev.gatefold.testing.architecture.HouseRules;
import dev.gatefold.testing.architecture.SourceFiles;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The backfill stands between the planner and the executor. */
class ArchitectureTest {
  private static final String FEED = "dev.gatefold.backfill.feed.";

  private static final List<HouseRule> RULES =
      List.of(
          HouseRule.of(
              "does not depend on the executor",
              noClasses()
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("dev.gatefold.executor.."),
              DependsUpwards.class),
          HouseRule.of(
              "only one reader of the log uses Debezium",
              HouseRules.onlyIn(List.of(FEED + "debezium.."), "io.debezium.."),
              UsesEveryLibrary.class),
          HouseRule.of(
              "only the way through Kafka uses its clients",
              HouseRules.onlyIn(
                  List.of(FEED + "kafka.."),
                  "org.apache.kafka.clients..",
                  "org.apache.kafka.common.."),
              UsesEveryLibrary.class));

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(HouseRules.everywhere(), RULES)
        .flatMap(rules -> HouseRule.tests("dev.gatefold.backfill", rules));
  }

  @Test
  void noSourceFileIsTooLong() throws IOException {
    assertThat(SourceFiles.tooLong(SourceFiles.MAIN)).isEmpty();
  }
}
