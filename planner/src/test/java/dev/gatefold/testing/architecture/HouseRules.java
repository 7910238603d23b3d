package dev.gatefold.testing.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.gatefold.testing.architecture.violations.NameUtil;
import dev.gatefold.testing.architecture.violations.Printing;
import dev.gatefold.testing.architecture.violations.Sleeping;
import dev.gatefold.testing.architecture.violations.cycle.left.Left;
import dev.gatefold.testing.architecture.violations.cycle.right.Right;
import dev.gatefold.testing.architecture.violations.util.InUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** The rules that hold in every module. */
public final class HouseRules {
  private HouseRules() {}

  public static List<HouseRule> everywhere() {
    return List.of(
        HouseRule.of(
            "no class is named for being a bag of odds and ends",
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Common)"),
            NameUtil.class),
        HouseRule.of(
            "no package is named for being a bag of odds and ends",
            noClasses()
                .should()
                .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..helper..", "..manager.."),
            InUtil.class),
        HouseRule.of(
            "only the command line and the demo write to the console",
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "dev.gatefold.executor.cli..", "dev.gatefold.executor.demo..")
                .should(ACCESS_STANDARD_STREAMS),
            Printing.class),
        HouseRule.of(
            "only a Sleeper sleeps",
            noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Sleeper")
                .should()
                .callMethodWhere(
                    target(name("sleep"))
                        .and(
                            target(
                                owner(
                                    name(Thread.class.getName())
                                        .or(name(TimeUnit.class.getName())))))),
            Sleeping.class),
        HouseRule.of(
            "packages do not depend on each other in a circle",
            slices().matching("dev.gatefold.(**)").should().beFreeOfCycles(),
            Left.class,
            Right.class),
        HouseRule.of(
            "every package is null-marked",
            classes().should(resideInANullMarkedPackage()),
            Printing.class));
  }

  /** Only the named packages may use a library, given by its own package patterns. */
  public static ArchRule onlyIn(List<String> allowed, String... library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(allowed.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package marked @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(item, marked, item.getName() + " marked: " + marked));
      }
    };
  }
}
