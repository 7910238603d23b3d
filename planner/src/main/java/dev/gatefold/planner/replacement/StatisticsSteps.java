package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;

/** How the planner of queries learns about the new columns before it meets them. */
final class StatisticsSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;

  StatisticsSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  Step build(CarriedStatistics carried) {
    String id = "backfill.statistics." + replacement.name() + "." + carried.statistics().name();
    return replacement.brief(
        id,
        "create statistics",
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        dialect.createStatistics(
            replacement.name(),
            carried.building(),
            replacement.carried().overBuilding(carried.definition()),
            carried.statistics()),
        Undo.by(
            replacement.brief(
                id + ".undo",
                "drop new statistics",
                LockMode.SHARE_UPDATE_EXCLUSIVE,
                List.of(dialect.dropStatistics(carried.building())),
                new Undo.Nothing())));
  }

  /**
   * Without it queries meet, from the swap on, columns of which the server knows nothing. A list of
   * columns would leave out what was built over expressions and over several of them.
   */
  Step analyze() {
    boolean columnsOnly =
        replacement.carried().indexes().isEmpty() && replacement.carried().statistics().isEmpty();
    List<Identifier> columns =
        columnsOnly ? replacement.news().stream().map(replacement::building).toList() : List.of();
    return new Step.OnlineDdl(
        "backfill.analyze." + replacement.name(),
        "analyze",
        List.of(dialect.analyze(replacement.name(), columns)),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(replacement.name()),
        List.of(replacement.isTheTable()),
        // A sample of a table that changes is as good a second time: nothing to be found out.
        new Check("SELECT false", "the table was not analyzed"),
        List.of(),
        new Undo.Nothing());
  }

  /** Inside the swap. */
  List<String> swap(CarriedStatistics carried) {
    return List.of(
        dialect.renameStatistics(carried.statistics().name(), carried.hidden().name()),
        dialect.renameStatistics(carried.building(), carried.statistics().name().name()));
  }

  /** Inside the swap that is taken back. */
  List<String> swapBack(CarriedStatistics carried) {
    return List.of(
        dialect.renameStatistics(carried.statistics().name(), carried.building().name()),
        dialect.renameStatistics(carried.hidden(), carried.statistics().name().name()));
  }
}
