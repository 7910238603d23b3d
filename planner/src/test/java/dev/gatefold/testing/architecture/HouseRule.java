package dev.gatefold.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A rule and the classes that break it on purpose, so that the rule is seen to fail. */
public record HouseRule(String name, ArchRule rule, List<Class<?>> violators) {
  public static HouseRule of(String name, ArchRule rule, Class<?>... violators) {
    return new HouseRule(name, rule.allowEmptyShould(true), List.of(violators));
  }

  /** Two tests for each rule: the main code under the package obeys it, the violators do not. */
  public static Stream<DynamicTest> tests(String mainPackage, List<HouseRule> rules) {
    var main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(mainPackage);
    assertThat(main).as("classes under " + mainPackage).isNotEmpty();
    return rules.stream()
        .flatMap(
            it ->
                Stream.of(
                    DynamicTest.dynamicTest(it.name, () -> it.rule.check(main)),
                    DynamicTest.dynamicTest("can fail: " + it.name, it::assertCanFail)));
  }

  private void assertCanFail() {
    assertThat(violators).isNotEmpty();
    var classes = new ClassFileImporter().importClasses(violators);
    assertThat(rule.evaluate(classes).hasViolation()).isTrue();
  }
}
