package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input on a real server: its exit code, one clear message, and nothing written. */
class BadInputTest {

  private static final String CATALOG =
      """
      SELECT count(*), md5(string_agg(attrelid || attname || atttypid, ',' ORDER BY attrelid, attnum))
      FROM pg_attribute WHERE attrelid >= 16384\
      """;

  @TempDir private Path folder;
  private TestDatabase database;
  private CommandRun command;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create();
    database.execute("CREATE TABLE t (id int PRIMARY KEY, a text, b text)");
    command = new CommandRun(folder);
    command.opener = (url, settings, debug) -> LiveRollouts.open(url, settings);
    command.environment.put("GATEFOLD_URL", database.url());
    assertThat(command.run("init")).isZero();
  }

  @AfterEach
  void stop() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          rename_column: {table: gone, column: a, to: z}                    ! 3 ! no-table, public.gone: there is no such table
          rename_column: {table: t, column: gone, to: z}                    ! 3 ! no-column, public.t.gone: the table has no such column
          rename_column: {table: t, column: a, to: b}                       ! 3 ! name-taken, public.t.b: the table has a column of that name already
          rename_column: {table: t, column: a, to: z, colour: red}          ! 2 ! x.yaml, line 3 (in operations.rename_column): unknown key "colour"
          rename_column: {table: t, column: a, to: z, to: y}                ! 2 ! x.yaml, line 3 (in operations.rename_column): the key "to" stands twice
          rename_column: {table: t, column: a}                              ! 2 ! x.yaml, line 3 (in operations.rename_column): the key "to" is missing
          alter_column: {table: t, column: a, type: int, up: "1 + 1", down: "a::text"}       ! 3 ! "up" does not read the column
          alter_column: {table: t, column: a, type: int, up: "nope::int", down: "a::text"}   ! 3 ! the server refuses "up": column "nope" does not exist
          alter_column: {table: t, column: a, type: int, down: "lower(a)"}  ! 3 ! the server refuses "down": function lower(integer) does not exist
          """)
  void aFileThatCannotBe(String operation, int exitCode, String message) throws Exception {
    List<String> catalog = database.queryLines(CATALOG);
    write("x.yaml", "x", operation);
    for (String verb : List.of("plan", "submit")) {
      assertThat(command.run(verb, "x.yaml")).as(command.err()).isEqualTo(exitCode);
      assertThat(command.err()).contains(message).doesNotContain("at dev.gatefold");
      assertThat(command.out()).isEmpty();
    }
    assertThat(database.queryLines(CATALOG)).isEqualTo(catalog);
    assertThat(database.queryLines("SELECT count(*) FROM gatefold.rollout")).containsExactly("0");
  }

  @Test
  void aSecondChangeOnTheSameColumn() throws Exception {
    write("x.yaml", "x", "rename_column: {table: t, column: a, to: z}");
    write("y.yaml", "y", "rename_column: {table: t, column: a, to: w}");
    assertThat(command.run("submit", "x.yaml")).isZero();

    assertThat(command.run("submit", "y.yaml")).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err())
        .contains("column-claimed, public.t.a: the change \"x\" is under way on it");
    assertThat(database.queryLines("SELECT change FROM gatefold.rollout")).containsExactly("x");
  }

  @Test
  void aRoleWithoutAnyRight() throws Exception {
    database.execute("DROP ROLE IF EXISTS nobody_here; CREATE ROLE nobody_here LOGIN");
    write("x.yaml", "x", "rename_column: {table: t, column: a, to: z}");
    command.environment.put("GATEFOLD_URL", database.url("nobody_here"));

    assertThat(command.run("submit", "x.yaml")).as(command.err()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err()).contains("permission denied");
    assertThat(command.run("plan", "x.yaml")).isIn(ExitCode.REFUSED, ExitCode.UNREACHABLE);
    assertThat(database.queryLines("SELECT count(*) FROM gatefold.rollout")).containsExactly("0");
    database.execute("DROP ROLE nobody_here");
  }

  @Test
  void aUrlThatIsNone() throws Exception {
    command.environment.put("GATEFOLD_URL", "mysql://localhost/x");
    assertThat(command.run("status")).isEqualTo(ExitCode.USAGE);
    assertThat(command.err()).contains("must begin with jdbc:postgresql: or postgresql://");
  }

  @Test
  void aDatabaseThatIsNotThere() throws Exception {
    command.environment.put(
        "GATEFOLD_URL", database.url().replace(database.name(), "no_such_database"));
    assertThat(command.run("status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err()).contains("no_such_database");
  }

  @Test
  void aServerThatIsDown() throws Exception {
    command.environment.put("GATEFOLD_URL", "postgresql://localhost:" + closedPort() + "/x");
    assertThat(command.run("status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err()).doesNotContain("at org.postgresql");
  }

  @Test
  void aDatabaseWithoutOurSchema() throws Exception {
    database.execute("DROP SCHEMA gatefold CASCADE");
    write("x.yaml", "x", "rename_column: {table: t, column: a, to: z}");
    assertThat(command.run("submit", "x.yaml")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err()).contains("gatefold init");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void write(String file, String change, String operation) throws IOException {
    Files.writeString(
        folder.resolve(file), "change: " + change + "\noperations:\n  - " + operation + "\n");
  }
}
