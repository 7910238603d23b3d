package dev.gatefold.planner.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.architecture.violations.DependsUpwards;
import dev.gatefold.planner.architecture.violations.Impure;
import dev.gatefold.testing.architecture.HouseRule;
import dev.gatefold.testing.architecture.HouseRules;
import dev.gatefold.testing.architecture.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The planner is a pure function below everything else. */
class ArchitectureTest {
  private static final String CATALOG = "dev.gatefold.planner.catalog..";
  private static final String SNAPSHOT = "dev.gatefold.planner.snapshot..";

  private static final List<HouseRule> RULES =
      List.of(
          HouseRule.of(
              "depends on neither backfill nor executor",
              noClasses()
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage("dev.gatefold.backfill..", "dev.gatefold.executor.."),
              DependsUpwards.class),
          HouseRule.of(
              "only the catalog reader and the schema snapshot use JDBC",
              HouseRules.onlyIn(List.of(CATALOG, SNAPSHOT), "java.sql..", "javax.sql.."),
              Impure.class),
          HouseRule.of(
              "only the change file reader uses YAML",
              HouseRules.onlyIn(List.of("dev.gatefold.planner.change.."), "org.yaml.snakeyaml.."),
              Impure.class),
          HouseRule.of(
              "knows no clock object, thread or log",
              noClasses()
                  .that()
                  .resideOutsideOfPackage(CATALOG)
                  .should()
                  .dependOnClassesThat(
                      belongToAnyOf(Clock.class, Thread.class)
                          .or(resideInAnyPackage("org.slf4j..", "java.util.logging.."))),
              Impure.class),
          HouseRule.of(
              "does not ask what time it is",
              noClasses()
                  .that()
                  .resideOutsideOfPackage(CATALOG)
                  .should()
                  .callMethodWhere(
                      target(name("now"))
                          .and(target(owner(resideInAPackage("java.time.."))))
                          .or(target(nameMatching("currentTimeMillis|nanoTime")))),
              Impure.class));

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(HouseRules.everywhere(), RULES)
        .flatMap(rules -> HouseRule.tests("dev.gatefold.planner", rules));
  }

  @Test
  void noSourceFileIsTooLong() throws IOException {
    assertThat(SourceFiles.tooLong(SourceFiles.MAIN)).isEmpty();
  }

  @Test
  void aSourceFileThatIsTooLongIsFound(@TempDir Path folder) throws IOException {
    Path most = folder.resolve("Most.java");
    Path more = folder.resolve("More.java");
    Files.writeString(most, "\n".repeat(SourceFiles.MOST_LINES));
    Files.writeString(more, "\n".repeat(SourceFiles.MOST_LINES + 1));
    assertThat(SourceFiles.tooLong(folder)).containsExactly(more);
  }
}
