package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The sync does what its table says, cell by cell, and each of its rules is needed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncCellsTest {

  private final SyncSession session;
  private final Map<String, List<SyncCell.Example>> broken = new HashMap<>();

  SyncCellsTest() throws SQLException {
    session = SyncSession.open();
  }

  @BeforeAll
  void keepNothing() throws SQLException {
    session.connection().setAutoCommit(false);
  }

  @AfterAll
  void close() throws SQLException {
    session.close();
  }

  @Test
  void everyCellIsThereOnEveryMapping() {
    assertThat(cells())
        .hasSize(
            SyncCell.Writer.values().length
                * SyncCell.Event.values().length
                * SyncMode.values().length)
        .allSatisfy(
            cell ->
                assertThat(cell.examples())
                    .extracting(SyncCell.Example::mapping)
                    .contains(SampleMapping.PLAIN, SampleMapping.LOSSY, SampleMapping.FAILING));
    assertThat(cells().map(SyncCell::toString)).doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicNode> eachCellIsAsInTheTable() {
    return cells()
        .map(
            cell ->
                dynamicContainer(
                    cell.toString(),
                    cell.examples().stream()
                        .map(
                            example ->
                                dynamicTest(
                                    example.toString(),
                                    () ->
                                        assertThat(outcome(cell, example, text -> text))
                                            .isEqualTo(example.outcome())))));
  }

  @TestFactory
  Stream<DynamicNode> eachCellFailsWithoutItsRule() {
    return cells()
        .map(
            cell ->
                dynamicContainer(
                    cell.toString(),
                    cell.mutations().stream()
                        .map(
                            mutation ->
                                dynamicTest(
                                    "without: " + mutation.rule(),
                                    () ->
                                        assertThat(brokenBy(cell, mutation))
                                            .as("examples that fail without the rule")
                                            .isNotEmpty()))));
  }

  @TestFactory
  Stream<DynamicNode> noExampleHoldsWhateverIsTakenOut() {
    return cells()
        .map(
            cell ->
                dynamicTest(
                    cell.toString(),
                    () -> {
                      List<SyncCell.Example> unproven = new ArrayList<>(cell.examples());
                      for (SyncCell.Mutation mutation : cell.mutations()) {
                        unproven.removeAll(brokenBy(cell, mutation));
                      }
                      assertThat(unproven).isEmpty();
                    }));
  }

  private static Stream<SyncCell> cells() {
    return Stream.of(
            OneWayCells.in(SyncMode.FILL), OneWayCells.in(SyncMode.STRICT), BothWaysCells.all())
        .flatMap(List::stream);
  }

  /** The examples that do not hold any more; each where the text was really changed. */
  private List<SyncCell.Example> brokenBy(SyncCell cell, SyncCell.Mutation mutation)
      throws SQLException {
    String key = cell + " without " + mutation.rule();
    List<SyncCell.Example> known = broken.get(key);
    if (known == null) {
      known = findBroken(cell, mutation.text());
      broken.put(key, known);
    }
    return known;
  }

  private List<SyncCell.Example> findBroken(SyncCell cell, UnaryOperator<String> mutation)
      throws SQLException {
    List<SyncCell.Example> found = new ArrayList<>();
    for (SyncCell.Example example : cell.examples()) {
      if (cell.statements(example).equals(cell.statements(example, mutation))) {
        continue;
      }
      String outcome = outcome(cell, example, mutation);
      assertThat(outcome).as("an outcome of text that is SQL").doesNotStartWith("42");
      if (!outcome.equals(example.outcome())) {
        found.add(example);
      }
    }
    return found;
  }

  private String outcome(SyncCell cell, SyncCell.Example example, UnaryOperator<String> mutation)
      throws SQLException {
    try {
      session.run(example.mapping().createTable());
      if (cell.event() == SyncCell.Event.UPDATE) {
        session.run(example.insertStart());
      }
      session.run(cell.statements(example, mutation).toArray(String[]::new));
      return session.outcome(cell.write(example));
    } finally {
      session.connection().rollback();
    }
  }
}
