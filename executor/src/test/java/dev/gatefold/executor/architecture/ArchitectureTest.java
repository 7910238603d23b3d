package dev.gatefold.executor.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.architecture.violations.UsesEveryLibrary;
import dev.gatefold.testing.architecture.HouseRule;
import dev.gatefold.testing.architecture.HouseRules;
import dev.gatefold.testing.architecture.SourceFiles;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The executor keeps each of its libraries behind one package. */
class ArchitectureTest {
  private static final List<HouseRule> RULES =
      List.of(
          HouseRule.of(
              "only the DDL runner uses Flyway",
              HouseRules.onlyIn(List.of("dev.gatefold.executor.ddl.."), "org.flywaydb.."),
              UsesEveryLibrary.class),
          HouseRule.of(
              "only the timetable uses db-scheduler",
              HouseRules.onlyIn(
                  List.of("dev.gatefold.executor.timetable.."), "com.github.kagkarlsson.."),
              UsesEveryLibrary.class),
          HouseRule.of(
              "only the command line uses picocli",
              HouseRules.onlyIn(List.of("dev.gatefold.executor.cli.."), "picocli.."),
              UsesEveryLibrary.class),
          HouseRule.of(
              "only the extension for tests of others uses JUnit",
              HouseRules.onlyIn(List.of("dev.gatefold.executor.trial.junit.."), "org.junit.."),
              UsesEveryLibrary.class),
          HouseRule.of(
              "only the server, and the verb that starts it, use Quarkus",
              noClasses()
                  .that()
                  .resideOutsideOfPackage("dev.gatefold.executor.server..")
                  .and(
                      not(
                          nameMatching(
                              "dev\\.gatefold\\.executor\\.cli\\.(ConsoleLog|GatefoldMain|Serve)")))
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage("io.quarkus..", "jakarta.."),
              UsesEveryLibrary.class),
          HouseRule.of(
              "only the server writes metrics",
              HouseRules.onlyIn(List.of("dev.gatefold.executor.server.."), "io.prometheus.."),
              UsesEveryLibrary.class));

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(HouseRules.everywhere(), RULES)
        .flatMap(rules -> HouseRule.tests("dev.gatefold.executor", rules));
  }

  @Test
  void noSourceFileIsTooLong() throws IOException {
    assertThat(SourceFiles.tooLong(SourceFiles.MAIN)).isEmpty();
  }
}
