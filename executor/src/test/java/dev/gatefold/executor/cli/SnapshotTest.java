package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.planner.snapshot.SnapshotFile;
import dev.gatefold.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {

  private static final String FILE =
      "change: total\noperations: [{rename_column: {table: o, column: a, to: b}}]\n";

  private static final String OF_ANOTHER_VERSION =
      """
      gatefold_snapshot: 1
      postgresql: 13
      encoding: UTF8
      role: app
      search_path: public
      objects:
      - kind: role
        name: app
        sql: [CREATE ROLE app NOLOGIN]
      - kind: schema
        name: public
        sql: [CREATE SCHEMA public, GRANT ALL ON SCHEMA public TO PUBLIC]
      %s
      - kind: table
        name: public.o
        sql:
        - CREATE TABLE public.o (id integer NOT NULL, a %s)
        - ALTER TABLE public.o OWNER TO app
        needs: [%s]
      - kind: constraint
        name: o_pkey on public.o
        of: table public.o
        sql: [ALTER TABLE public.o ADD CONSTRAINT o_pkey PRIMARY KEY (id)]
      sizes: []
      left_out: []
      under_way: [public.o, public.p]
      """;

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() throws Exception {
    command = new CommandRun(folder);
    Files.writeString(folder.resolve("total.yaml"), FILE);
  }

  @Test
  void aSnapshotIsSavedAndPlannedFromWithoutTheDatabase() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute("CREATE TABLE o (id integer PRIMARY KEY, a integer)");
      command.opener = (url, settings, debug) -> LiveRollouts.open(url, settings);
      command.environment.put("GATEFOLD_URL", database.url());
      assertThat(command.run("schema", "snapshot", "-f", "shop.yaml")).isZero();
      assertThat(command.out()).contains("Wrote shop.yaml: ", "plan --schema shop.yaml FILE");
      String saved = Files.readString(folder.resolve("shop.yaml"));
      assertThat(command.run("schema", "snapshot")).isZero();
      assertThat(withoutUse(command.out())).isEqualTo(withoutUse(saved));
    }
    command.environment.clear();
    assertThat(command.run("plan", "--schema", "shop.yaml", "total.yaml")).isZero();
    assertThat(command.out())
        .contains("Stage expand", "What was not seen", "Nothing was changed.")
        .doesNotContain("the change was tried on");
  }

  /** Without what the server counts from moment to moment. */
  private static String withoutUse(String file) {
    return file.replaceAll(", bytes: .*}", "}");
  }

  @Test
  void anotherVersionAndAChangeUnderWayAreTold() throws Exception {
    Files.writeString(folder.resolve("old.yaml"), OF_ANOTHER_VERSION.formatted("", "integer", ""));
    assertThat(command.run("plan", "--schema", "old.yaml", "total.yaml")).isZero();
    assertThat(command.out())
        .contains("PostgreSQL 13, where the snapshot comes from: the change was tried on")
        .contains("a change was under way on public.o")
        .doesNotContain("public.p");
  }

  @Test
  void whatTheTablesNeedAndNobodyCanMakeIsRefusedByName() throws Exception {
    String extension =
        """
        - kind: extension
          name: space_travel
          sql: [CREATE EXTENSION space_travel]\
        """;
    Files.writeString(
        folder.resolve("s.yaml"),
        OF_ANOTHER_VERSION.formatted(extension, "integer", "extension space_travel"));
    assertThat(command.run("plan", "--schema", "s.yaml", "total.yaml")).isEqualTo(3);
    assertThat(command.err())
        .contains("not-restored, extension space_travel")
        .contains("table public.o", "it needs extension space_travel", "leave out --schema");

    Files.writeString(
        folder.resolve("s.yaml"), OF_ANOTHER_VERSION.formatted(extension, "integer", ""));
    assertThat(command.run("plan", "--schema", "s.yaml", "total.yaml")).isZero();
    assertThat(command.out()).contains("could not be made: extension space_travel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chnge: 1|s.yaml, line 1: the key \"gatefold_snapshot\" is missing",
        "gatefold_snapshot: 2|s.yaml, line 1: the key \"gatefold_snapshot\" says 2",
        "'gatefold_snapshot: 1\n"
            + "postgresql: new'|line 2: the key \"postgresql\": \"new\" is not a whole number"
      })
  void aSnapshotThatIsNoneIsTold(String text, String told) throws Exception {
    Files.writeString(folder.resolve("s.yaml"), text);
    assertThat(command.run("plan", "--schema", "s.yaml", "total.yaml")).isEqualTo(2);
    assertThat(command.err()).contains(told);
  }

  @Test
  void whereToReadFromIsSaidOnce() {
    assertThat(command.run("plan", "--schema", "s.yaml", "--url", CommandRun.URL, "total.yaml"))
        .isEqualTo(2);
    assertThat(command.err()).contains("--schema plans without a database");
    assertThat(command.run("plan", "--schema", "s.yaml", "total.yaml")).isEqualTo(2);
    assertThat(command.err()).contains("there is no file s.yaml", "gatefold schema snapshot -f");
  }

  @Test
  void theSchemaVerbAloneSaysWhatItWants() {
    assertThat(command.run("schema")).isEqualTo(2);
    assertThat(command.err()).contains("say what: gatefold schema snapshot");
    assertThat(command.run("schema", "snapshot", "-o", "json")).isEqualTo(2);
    assertThat(command.rollouts.asked).isEqualTo(List.of());
    assertThat(command.run("schema", "snapshot", "--url", CommandRun.URL)).isZero();
    assertThat(command.out()).isEqualTo(SnapshotFile.write(Plans.snapshot()));
  }
}
