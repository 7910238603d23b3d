package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The JSON Schema of backfill files says what their reader says. */
class BackfillSchemaTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern SNIPPET = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  private static JsonNode schema(String file) throws IOException {
    return MAPPER.readTree(DOCS.resolve(file).toFile());
  }

  private static boolean takes(String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(schema("backfill.schema.json"));
    Object file = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return schema.validate(MAPPER.<JsonNode>valueToTree(file)).isEmpty();
  }

  private static boolean reads(String yaml) {
    return catchThrowable(() -> BackfillFile.read("x.yaml", yaml, schedule -> {})) == null;
  }

  @Test
  void theExampleOfTheDocumentIsValid() throws IOException {
    Matcher snippet = SNIPPET.matcher(Files.readString(DOCS.resolve("backfills.md")));
    assertThat(snippet.find()).isTrue();
    assertThat(takes(snippet.group(1))).isTrue();
    assertThat(reads(snippet.group(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{backfill: x, table: t, set: {a: 1}}",
        "{backfill: x, table: public.t, set: {a: b, '\"C\"': true}, where: true}",
        "{backfill: x, table: t, set: {a: 1}, schedule: 0 2 * * * UTC, when_running: wait,"
            + " when_missed: skip}",
        "{backfill: x, table: t, set: {a: 1}, moved_rows: look, on_bad_row: keep, workers: 4,"
            + " target_batch_time: 50ms, max_rows_per_second: 1000, user_triggers: fire}",
        "{backfill: x, table: t, set: {a: 1}, window: 'Mon-Fri 01:00-05:00 Europe/Berlin'}",
        "{backfill: x, table: t, set: {a: 1}, ignore_signals: [wal_rate],"
            + " throttle: {max_replica_lag: 2s, max_wal_rate: 10MB, max_dead_rows: 20%,"
            + " probe: {sql: SELECT 1, timeout: 1s}}}"
      })
  void bothTakeIt(String yaml) throws IOException {
    assertThat(reads(yaml)).isTrue();
    assertThat(takes(yaml)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{table: t, set: {a: 1}}",
        "{backfill: X, table: t, set: {a: 1}}",
        "{backfill: x, set: {a: 1}}",
        "{backfill: x, table: t}",
        "{backfill: x, table: t, set: {}}",
        "{backfill: x, table: t, set: [a]}",
        "{backfill: x, table: t, set: {a: }}",
        "{backfill: x, table: t, set: {a: ''}}",
        "{backfill: x, table: t, set: {a: [1]}}",
        "{backfill: x, table: t, set: {a: 1}, were: b}",
        "{backfill: x, table: t, set: {a: 1}, where: ''}",
        "{backfill: x, table: t, set: {a: 1}, schedule: daily}",
        "{backfill: x, table: t, set: {a: 1}, when_running: skip}",
        "{backfill: x, table: t, set: {a: 1}, when_missed: skip}",
        "{backfill: x, table: t, set: {a: 1}, schedule: 0 2 * * * UTC, when_running: kill}",
        "{backfill: x, table: t, set: {a: 1}, moved_rows: forget}",
        "{backfill: x, table: t, set: {a: 1}, window: nightly}",
        "{backfill: x, table: t, set: {a: 1}, workers: 0}",
        "{backfill: x, table: t, set: {a: 1}, workers: 33}",
        "{backfill: x, table: t, set: {a: 1}, target_batch_time: 1 hour}",
        "{backfill: x, table: t, set: {a: 1}, throttle: {max_replica_lag: 2}}",
        "{backfill: x, table: t, set: {a: 1}, throttle: {max_lag: 2s}}",
        "{backfill: x, table: t, set: {a: 1}, ignore_signals: [noise]}"
      })
  void bothRefuseIt(String yaml) throws IOException {
    assertThat(reads(yaml)).isFalse();
    assertThat(takes(yaml)).isFalse();
  }

  @Test
  void itsKeysAreThoseOfTheReader() throws IOException {
    Throwable error =
        catchThrowable(
            () ->
                BackfillFile.read(
                    "x.yaml", "{backfill: x, table: t, set: {a: 1}, nope: 1}", schedule -> {}));
    String known = String.valueOf(error.getMessage()).replaceFirst(".*known here: ", "");
    List<String> keys = new ArrayList<>();
    schema("backfill.schema.json").at("/properties").fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactlyInAnyOrder(known.split(", "));
  }

  /** Two documents, for a reference from one to the other is one that editors do not follow. */
  @Test
  void thePaceIsThatOfAChangeFile() throws IOException {
    JsonNode backfill = schema("backfill.schema.json");
    JsonNode change = schema("change-file.schema.json");
    change
        .at("/properties/backfill/properties")
        .properties()
        .forEach(
            key ->
                assertThat(backfill.at("/properties/" + key.getKey()))
                    .as(key.getKey())
                    .isEqualTo(key.getValue()));
    backfill
        .at("/$defs")
        .properties()
        .forEach(
            def ->
                assertThat(change.at("/$defs/" + def.getKey()))
                    .as(def.getKey())
                    .isEqualTo(def.getValue()));
  }
}
