package dev.gatefold.executor.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.executor.trial.Proof;
import dev.gatefold.executor.trial.Report;
import dev.gatefold.executor.trial.Twin;
import dev.gatefold.planner.change.ChangeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each page says what is so: its example goes there and back while applications of the old and the
 * new version write, and ends as the DDL by hand.
 */
class OperationPagesTest {

  private static final List<String> TOOLS = List.of("pgroll", "reshape", "pg-osc", "pg_repack");

  private static final String HEAD =
      """
      # Operations, beside those of others

      Each page has an example that the tests run: through every stage, back and there again, while applications of the
      old and of the new version write, with every lock compared with what the plan declares, to the end, where the
      whole catalog equals that of the DDL by hand. What others do was read from pgroll 0.16, reshape 0.9, pg-osc 0.9.10 and pg_repack 1.5.3, not run.

      | operation | Gatefold | %s |
      |---|---|%s
      """
          .formatted(
              String.join(" | ", TOOLS),
              TOOLS.stream().map(t -> "---|").collect(Collectors.joining()));

  static List<OperationPage> pages() throws IOException {
    return OperationPage.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theExampleEndsAsTheDdlByHand(OperationPage page) throws Exception {
    Report report = Proof.amongApplications(page.tables(), page.change());

    assertThat(report.refusal()).isEmpty();
    assertThat(report.findings()).isEmpty();
    assertThat(report.writes().byOld()).isPositive();
    assertThat(report.writes().byNew()).isPositive();
    Twin byHand = Twin.byHand(page.tables(), page.directDdl());
    assertThat(report.end()).isEqualTo(byHand.catalog());
    Twin straight = Twin.straight(page.tables(), page.change());
    assertThat(straight.catalog()).as("the straight way").isEqualTo(byHand.catalog());
    assertThat(straight.rows()).as("the straight way").isEqualTo(byHand.rows());
  }

  @Test
  void everyOperationHasAPage() throws IOException {
    assertThat(pages())
        .extracting(OperationPage::operation)
        .containsExactlyInAnyOrderElementsOf(operations());
  }

  /** As the reader of change files lists them. */
  private static List<String> operations() {
    Throwable error = catchThrowable(() -> ChangeFile.read("x", "{change: x, operations: [{}]}"));
    return List.of(
        String.valueOf(error.getMessage()).replaceFirst(".* one of ", "").split(", ", -1));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theJsonSchemaKnowsTheKeysThatTheReaderKnows(OperationPage page) throws IOException {
    JsonNode schema =
        new ObjectMapper()
            .readTree(Files.readString(Path.of("..", "docs", "change-file.schema.json")));
    JsonNode operation = schema.at("/$defs/" + page.operation());
    JsonNode defined =
        operation.has("$ref") ? schema.at(operation.get("$ref").asText().substring(1)) : operation;
    List<String> keys = new ArrayList<>();
    defined.at("/properties").fieldNames().forEachRemaining(keys::add);

    assertThat(schema.at("/properties/operations/items/properties").has(page.operation())).isTrue();
    assertThat(keys).containsExactlyInAnyOrder(known(page));
  }

  /** What the reader says that it knows when it meets a key that it does not know. */
  private static String[] known(OperationPage page) {
    String unknown =
        page.change().contains(page.operation() + ": {")
            ? page.change()
                .replaceFirst(page.operation() + ": \\{", page.operation() + ": {nope: 1, ")
            : page.change()
                .replaceFirst(
                    "( *)- " + page.operation() + ":\\n",
                    "$1- " + page.operation() + ":\n$1    nope: 1\n");
    Throwable error = catchThrowable(() -> ChangeFile.read("x", unknown));
    return String.valueOf(error.getMessage())
        .replaceFirst("(?s).*known here: ", "")
        .split(", ", -1);
  }

  /**
   * The table is made of what the pages say; run with {@code -Dgatefold.docs=write} to write it.
   */
  @Test
  void theTableIsThatOfThePages() throws IOException {
    Path file = OperationPage.FOLDER.resolveSibling("operations.md");
    String table =
        HEAD + pages().stream().map(OperationPagesTest::row).collect(Collectors.joining());
    if ("write".equals(System.getProperty("gatefold.docs"))) {
      Files.writeString(file, table);
    }
    assertThat(Files.readString(file)).isEqualTo(table);
  }

  private static String row(OperationPage page) {
    return "| [%1$s](operations/%1$s.md) | yes | %2$s |\n"
        .formatted(
            page.operation(),
            TOOLS.stream()
                .map(
                    tool -> {
                      assertThat(page.others()).as(page.operation()).containsKey(tool);
                      return page.others().get(tool);
                    })
                .collect(Collectors.joining(" | ")));
  }
}
