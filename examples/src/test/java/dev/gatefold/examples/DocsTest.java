package dev.gatefold.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.GateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say can be done. */
class DocsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/change-file.md", "docs/throttle.md"})
  void changeFilesInTheTextAreValid(String document) throws Exception {
    Matcher snippets = YAML.matcher(read(document));
    int found = 0;
    while (snippets.find()) {
      ChangeFile.read(document, snippets.group(1).stripIndent());
      found++;
    }
    assertThat(found).isPositive();
  }

  @Test
  void theBackfillInTheTextIsValid() throws Exception {
    Matcher snippet = YAML.matcher(read("docs/backfills.md"));
    assertThat(snippet.find()).isTrue();
    assertThat(BackfillFile.read("backfills.md", snippet.group(1), schedule -> {}).schedule())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/backfills.md",
        "docs/cdc.md",
        "docs/change-file.md",
        "docs/ci.md",
        "docs/faults.md",
        "docs/flyway.md",
        "docs/gates.md",
        "docs/kafka.md",
        "docs/operations.md",
        "docs/pace.md",
        "docs/rights.md",
        "docs/stages.md",
        "docs/sync.md",
        "docs/stuck.md",
        "docs/verify.md",
        "docs/test.md",
        "docs/throttle.md",
        "docs/use.md",
        "docs/webhooks.md"
      })
  void linksLeadSomewhere(String document) throws IOException {
    Path folder = ROOT.resolve(document).resolveSibling("");
    Matcher links = LINK.matcher(read(document));
    while (links.find()) {
      assertThat(folder.resolve(links.group(1))).exists();
    }
  }

  /** With nothing of Gatefold's: as a receiver would. */
  @Test
  void theSignatureInTheTextIsThatOfTheBodyInTheText() throws Exception {
    Matcher letter =
        Pattern.compile(
                "Gatefold-Timestamp: (\\d+)\\nGatefold-Signature: sha256=(\\w+)\\n\\n(.*)\\n```")
            .matcher(read("docs/webhooks.md"));
    assertThat(letter.find()).isTrue();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("a-long-random-secret".getBytes(UTF_8), "HmacSHA256"));
    byte[] code = mac.doFinal((letter.group(1) + "." + letter.group(3)).getBytes(UTF_8));
    assertThat(HexFormat.of().formatHex(code)).isEqualTo(letter.group(2));
  }

  @Test
  void theJsonSchemaKnowsTheGatesThatTheReaderKnows() throws IOException {
    Throwable error =
        catchThrowable(
            () -> GateFile.read("x", "gates: {drop: {checks: [], nope: 1}}", List.of("gates")));
    String known = String.valueOf(error.getMessage()).replaceFirst(".*known here: ", "");
    JsonNode schema = new ObjectMapper().readTree(read("docs/change-file.schema.json"));
    List<String> keys = new ArrayList<>();
    schema.at("/$defs/gate/properties").fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactlyInAnyOrder(known.split(", "));
  }

  @Test
  void theReadmeNamesEveryExample() throws IOException {
    for (Path example : ExamplesTest.folders()) {
      assertThat(read("README.md")).contains("(examples/" + example + ")");
    }
  }

  private static String read(String document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }
}
