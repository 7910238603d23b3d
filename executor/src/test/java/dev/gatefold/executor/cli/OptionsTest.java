package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.Gates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static final List<String> VERBS =
      List.of(
          "init",
          "new",
          "plan",
          "test",
          "submit",
          "promote",
          "work",
          "status",
          "list",
          "history",
          "wait",
          "pause",
          "resume",
          "retry",
          "rollback",
          "verify",
          "doctor",
          "up",
          "down",
          "serve");

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--url jdbc:postgresql://x/y -o json status",
        "status --url jdbc:postgresql://x/y -o json",
        "--url jdbc:postgresql://x/y status -o json",
        "-o json status --url=jdbc:postgresql://x/y --no-color"
      })
  void globalOptionsStandBeforeOrAfterTheVerb(String line) {
    assertThat(command.run(line.split(" "))).isZero();
    assertThat(command.opened).isEqualTo("jdbc:postgresql://x/y");
    assertThat(command.out()).isEqualTo("{\"changes\":[]}\n");
  }

  @Test
  void theEnvironmentNamesTheDatabase() {
    assertThat(command.run("list")).isZero();
    assertThat(command.opened).startsWith("jdbc:postgresql://db.example:5433/shop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|name a command",
        "stauts|Did you mean: status",
        "status --no-such|--no-such",
        "submit|FILE",
        "promote total|STAGE",
        "promote total later|there are expand, backfill, retire, drop",
        "promote Total expand|is not a name for a change",
        "rollback total --to somewhere|there are planned",
        "rollback total --to expanding|nothing can be rolled back to expanding",
        "wait total|--for",
        "wait total --for expanded --timeout soon|is not a time such as",
        "list --stale 3w|is not a time such as",
        "status -o xml|xml",
        "status -o sql|does not print sql",
        "list --url mysql://x|must begin with jdbc:postgresql:",
        "list --url postgresql://x/y --target prod|exclude each other",
        "list --target prod|gatefold.yaml",
        "list --standby s1|--standby: the URL must begin",
        "submit missing.yaml|there is no file missing.yaml",
        "up nowhere|cannot read the folder nowhere",
        "up|there is no change file",
        "status nobody|has no change",
        "serve -o json|does not print json"
      })
  void wrongUsageIsTold(String line, String told) {
    List<String> args = line.isEmpty() ? List.of() : List.of(line.split(" "));
    assertThat(command.run(args.toArray(String[]::new))).isEqualTo(2);
    assertThat(command.err()).startsWith("gatefold: ").contains(told).doesNotContain("\tat ");
    assertThat(command.out()).isEmpty();
  }

  @Test
  void withoutADatabaseNothingHappens() {
    command.environment.remove("GATEFOLD_URL");
    assertThat(command.run("status")).isEqualTo(2);
    assertThat(command.err()).contains("--url", "GATEFOLD_URL");
  }

  @Test
  void aTargetTakesItsUrlFromTheFileAndItsSecretsFromTheEnvironment() throws IOException {
    settings("targets: {prod: {url: \"postgresql://${DB_USER}@h/d\"}}");
    command.environment.put("DB_USER", "ann$1");
    assertThat(command.run("--target", "prod", "status")).isZero();
    assertThat(command.opened).isEqualTo("jdbc:postgresql://h/d?user=ann$1");
  }

  @Test
  void standbysAreNamedByTheTargetAndByOptionsInAnyPlace() throws IOException {
    settings("targets: {prod: {url: postgresql://h/d, standbys: [\"${S1}\", postgresql://s2/d]}}");
    command.environment.putAll(
        Map.of("S1", "postgresql://ann:p$1@s1/d", "GATEFOLD_STANDBYS", "postgresql://other/d"));
    String s1 = "jdbc:postgresql://s1/d?user=ann&password=p$1";
    String s2 = "jdbc:postgresql://s2/d";
    assertThat(command.run("--target", "prod", "status")).isZero();
    assertThat(command.standbys).containsExactly(s1, s2);
    assertThat(command.run("status", "--target=prod", "--standby", "jdbc:postgresql://s3/d"))
        .isZero();
    assertThat(command.standbys).containsExactly(s1, s2, "jdbc:postgresql://s3/d");
    assertThat(command.run("--standby", "postgresql://s2/d", "--standby=postgresql://s4/d", "list"))
        .isZero();
    assertThat(command.standbys).containsExactly(s2, "jdbc:postgresql://s4/d");
  }

  @Test
  void standbysAreNamedByTheEnvironmentWhereNothingElseNamesThem() throws IOException {
    command.environment.put("GATEFOLD_STANDBYS", "postgresql://s1/d, postgresql://s2/d");
    assertThat(command.run("status")).isZero();
    assertThat(command.standbys)
        .containsExactly("jdbc:postgresql://s1/d", "jdbc:postgresql://s2/d");
    settings("targets: {prod: {url: postgresql://h/d}}");
    assertThat(command.run("status", "--target", "prod")).isZero();
    assertThat(command.standbys).isEmpty();
    command.environment.put("GATEFOLD_STANDBYS", "s1");
    assertThat(command.run("status")).isEqualTo(2);
    assertThat(command.err()).contains("GATEFOLD_STANDBYS: the URL must begin");
  }

  @Test
  void theGatesOfATargetAreTheFloor() throws IOException {
    settings("targets: {prod: {url: 'postgresql://h/d', gates: {drop: {soak: 7d}}}}");
    assertThat(command.run("status", "--target", "prod")).isZero();
    assertThat(command.settings.floor().drop().soak()).isEqualTo(Duration.ofDays(7));
    assertThat(command.run("status")).isZero();
    assertThat(command.settings.floor()).isEqualTo(Gates.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targets: {prod: {url: x, role: app}}|targets.prod.role is refused",
        "targets: {prod: {url: 'postgresql://h/d', standbys: postgresql://s/d}}|targets.prod.standbys expects a list of URLs",
        "targets: {prod: {url: 'postgresql://h/d', standbys: }}|targets.prod.standbys expects a list of URLs",
        "targets: {prod: {url: 'postgresql://h/d', standbys: ['postgresql://s/d', 7]}}|targets.prod.standbys[1] is no text",
        "targets: {prod: {url: 'postgresql://h/d', standbys: ['mysql://s/d']}}|targets.prod.standbys[0]: the URL must begin",
        "targets: {prod: {url: 'postgresql://h/d', standbys: ['postgresql://s/d', '${NOT_SET}']}}|targets.prod.standbys[1] needs the environment variable NOT_SET",
        "targets: {prod: {url: 'postgresql://h/d', gates: {drop: {soaks: 7d}}}}|line 1 (in targets.prod.gates.drop): unknown key \"soaks\"",
        "targets: {prod: {url: 'postgresql://x/y', kafka: {}}}|targets.prod.kafka.bootstrap_servers is missing",
        "targets: {prod: {url: 'postgresql://x/y', kafka: {servers: x}}}|unknown key \"servers\" in targets.prod.kafka",
        "targets: {prod: {url: 'postgresql://x/y', kafka: {bootstrap_servers: x, replication: 0}}}|expects a number of brokers",
        "targets: {prod: {url: x, urll: y}}|unknown key \"urll\"",
        "targets: {prod: {}}|targets.prod.url is missing",
        "targets: {test: {url: x}}|names no target \"prod\"",
        "target: {}|unknown key \"target\"",
        "targets: [|cannot be read",
        "targets: {prod: {url: \"${NOT_SET}\"}}|NOT_SET, which is not set",
        "''|targets expects keys and values"
      })
  void aSettingsFileThatCannotBeKeptIsRefused(String yaml, String told) throws IOException {
    settings(yaml);
    assertThat(command.run("list", "--target", "prod")).isEqualTo(2);
    assertThat(command.err()).contains("gatefold.yaml", told);
  }

  private void settings(String yaml) throws IOException {
    Files.writeString(folder.resolve("gatefold.yaml"), yaml);
  }

  @Test
  void helpTellsTheJourney() {
    assertThat(command.run("--help")).isZero();
    assertThat(command.out())
        .containsSubsequence(
            "init", "new", "plan", "submit", "promote", "rollback", "list", "up", "down", "serve");
    for (String verb : VERBS) {
      assertThat(command.run(verb, "--help")).as(verb).isZero();
      assertThat(command.out()).contains("gatefold " + verb, "--url", "--target", "--debug");
    }
  }
}
