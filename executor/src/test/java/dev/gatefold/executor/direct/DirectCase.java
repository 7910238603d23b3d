package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.CatalogPicture;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change that goes there and back and there again, stage by stage, and then to its end, where the
 * catalog must be that of a twin to which somebody gave the direct DDL.
 */
final class DirectCase {

  private final String schema;
  private final String operations;
  private final List<String> tables = new ArrayList<>();

  private DirectCase(String schema, String operations) {
    this.schema = schema;
    this.operations = operations;
  }

  /**
   * A case.
   *
   * @param operations the list of the change file, each line with its dash
   */
  static DirectCase of(String schema, String operations) {
    return new DirectCase(schema, operations);
  }

  /** The tables that are compared. */
  DirectCase on(String... names) {
    tables.addAll(List.of(names));
    return this;
  }

  /** Drives it through every stage and compares with the direct DDL. */
  void equals(String directDdl) throws SQLException {
    try (Journey journey = Journey.on(schema);
        TestDatabase twin = TestDatabase.create()) {
      twin.execute(schema);
      twin.execute(directDdl);
      journey.submitted("change: direct\noperations:\n" + operations.indent(2));
      for (StageName stage : StageName.values()) {
        if (journey.rollout("direct").plan().stage(stage).isPresent()) {
          there(journey, stage);
        }
      }
      assertThat(journey.rollout("direct").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(picture(journey.database())).isEqualTo(picture(twin));
    }
  }

  private void there(Journey journey, StageName stage) throws SQLException {
    List<String> before = picture(journey.database());
    assertThat(journey.promote("direct", stage)).as("%s", stage).isInstanceOf(Outcome.Done.class);
    boolean last = journey.rollout("direct").state() == RolloutState.COMPLETED;
    boolean back = journey.rollout("direct").plan().stage(stage).orElseThrow().reversible();
    if (back && !last) {
      assertThat(journey.rollback("direct", Optional.empty()))
          .as("undo of %s", stage)
          .isInstanceOf(Outcome.Done.class);
      assertThat(picture(journey.database())).as("after the undo of %s", stage).isEqualTo(before);
      assertThat(journey.promote("direct", stage)).as("%s", stage).isInstanceOf(Outcome.Done.class);
    }
  }

  private List<String> picture(TestDatabase database) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String table : tables) {
      lines.addAll(database.queryLines(CatalogPicture.query(table)));
    }
    // The functions of Gatefold's own schema, which the twin has not.
    lines.removeIf(line -> line.startsWith("function|"));
    return lines;
  }
}
