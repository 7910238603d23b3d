package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.crash.Command;
import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same promotion, started at once by four processes, a hundred times: it runs once. */
class FourAtOnceTest {

  private static final int PROCESSES = 4;
  private static final int PROMOTIONS = 100;

  private static final String TABLE =
      """
      CREATE TABLE t%1$d (id int PRIMARY KEY, a varchar(10));
      """;

  private static final String CHANGE =
      """
      change: c%1$d
      operations: [{alter_column: {table: t%1$d, column: a, type: varchar(20)}}]
      """;

  @Test
  void oneRunsItAndAllSayWhatHappened() throws Exception {
    StringBuilder tables = new StringBuilder();
    for (int i = 0; i < PROMOTIONS; i++) {
      tables.append(TABLE.formatted(i));
    }
    List<ExecutorProcess> processes = new ArrayList<>();
    try (Journey journey = Journey.on(tables.toString())) {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(ExecutorProcess.start());
      }
      for (int i = 0; i < PROMOTIONS; i++) {
        journey.submitted(CHANGE.formatted(i));
        answersAreTrue("c" + i, atOnce(processes, journey.database().url(), "c" + i));
      }
      assertThat(
              journey.rows(
                  """
                  SELECT kind, stage, count(*), count(DISTINCT change) FROM gatefold.history
                  WHERE kind IN ('promoted', 'goes-on', 'promotion-refused', 'failed')
                  GROUP BY 1, 2 ORDER BY 2"""))
          .containsExactly("promoted|expand|100|100");
      assertThat(
              journey.rows(
                  """
                  SELECT change, text FROM gatefold.history
                  WHERE kind IN ('step-done', 'stage-done')
                  GROUP BY 1, 2 HAVING count(*) > 1"""))
          .isEmpty();
    } finally {
      for (ExecutorProcess process : processes) {
        process.close();
      }
    }
  }

  private static List<String> atOnce(List<ExecutorProcess> processes, String url, String change)
      throws IOException {
    Command command = Command.of(url, change, Command.Verb.PROMOTE, StageName.EXPAND.word());
    processes.forEach(process -> process.send(command));
    List<String> answers = new ArrayList<>();
    for (ExecutorProcess process : processes) {
      answers.add(
          process
              .await(line -> line.matches("(outcome|error|bug) .*"))
              .orElse("the process went away"));
    }
    return answers;
  }

  private static void answersAreTrue(String change, List<String> answers) {
    String ran = "outcome Done\\[message=%s is completed, .*".formatted(change);
    String before =
        "outcome Done\\[message=stage expand of %s was done before, .*".formatted(change);
    String another = "outcome Waits\\[message=another executor works on %s: .*".formatted(change);
    assertThat(answers).filteredOn(it -> it.matches(ran)).hasSize(1);
    assertThat(answers)
        .allMatch(it -> it.matches(ran) || it.matches(before) || it.matches(another));
  }
}
