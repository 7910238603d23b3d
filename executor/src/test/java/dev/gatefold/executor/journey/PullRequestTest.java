package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.cli.text.PlanMarkdown;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A plan fits into a comment of a pull request, however much there is to say. */
class PullRequestTest {

  private static final int LONGEST_COMMENT = 65_536;

  @Test
  void theScriptGivesWay() throws Exception {
    String columns =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> "c" + i + " int")
            .collect(Collectors.joining(","));
    try (Journey journey = Journey.on("CREATE TABLE t (id int PRIMARY KEY, " + columns + ")")) {
      assertThat(
              markdown(
                  journey, "alter_column: {table: t, column: c1, nullable: true, default: '1'}"))
          .contains("<details><summary>SQL of every stage, with its undo</summary>");
      String mapped =
          "{table: t, column: c1, to: d1, type: 'numeric(12,2)', nullable: false, up: 'coalesce(c1,"
              + " 0) / 100.0', down: '(d1 * 100)::int'}";
      assertThat(markdown(journey, "alter_column: " + mapped))
          .contains("<details><summary>SQL of every stage</summary>", "With its undo the SQL is");
      String many =
          IntStream.rangeClosed(1, 20)
              .mapToObj(i -> "rename_column: {table: t, column: c%d, to: d%d}".formatted(i, i))
              .collect(Collectors.joining("}, {"));
      assertThat(markdown(journey, many)).contains("\nThe SQL is too long").doesNotContain("```");
    }
  }

  private static String markdown(Journey journey, String operations) throws Exception {
    Plan plan =
        (Plan)
            journey
                .rollouts()
                .plan(ChangeFile.read("x", "change: x\noperations: [{" + operations + "}]"));
    String markdown = PlanMarkdown.of(plan, List.of());
    assertThat(markdown).hasSizeLessThan(LONGEST_COMMENT);
    return markdown;
  }
}
