package dev.gatefold.executor.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements whose text Flyway, or the quotes around them, could take for something else. */
class AwkwardTextTest {

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE public.t (id int, a text DEFAULT '${user} \\ ''x'' {y} $${')",
          "COMMENT ON TABLE public.t IS $ddl$costs 3$ddl$",
          "COMMENT ON COLUMN public.t.id IS $ddl1$ $ddl$ $gatefold$ $ddl1$",
          """
          CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$
          BEGIN
            RETURN 1; -- x
          END
          $$\
          """,
          "COMMENT ON FUNCTION public.f() IS 'a; b -- c'",
          "SELECT public.f() -- the last",
          "INSERT INTO public.t (id) VALUES (1);",
          "CREATE TYPE public.mood AS ENUM ('low')",
          "ALTER TYPE public.mood ADD VALUE 'high'");

  private static final String WHAT_CAME =
      """
      SELECT a, obj_description('t'::regclass), col_description('t'::regclass, 1),
             obj_description('f'::regproc) FROM t\
      """;

  private static final String EXPECTED =
      "${user} \\ 'x' {y} $${|costs 3| $ddl$ $gatefold$ |a; b -- c";

  @TempDir private Path folder;

  @Test
  void comesAsItIsThroughFlyway() throws Exception {
    new MigrationFolder(folder)
        .add(new Migration(new ChangeName("awkward"), STATEMENTS), Instant.EPOCH);
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(TeamFlyway.migrate(database, folder)).isOne();
      assertThat(database.queryLines(WHAT_CAME)).containsExactly(EXPECTED);
      assertThat(TeamFlyway.applied(database)).containsExactly("1 awkward");
    }
  }

  @Test
  void leavesTheSessionAsItWas() throws Exception {
    String text = new Migration(new ChangeName("awkward"), STATEMENTS).text();
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET search_path TO public, nowhere");
      statement.execute(text);
      try (var rows = statement.executeQuery("SELECT current_setting('search_path')")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("public, nowhere");
      }
      connection.commit();
      assertThat(database.queryLines(WHAT_CAME)).containsExactly(EXPECTED);
    }
  }
}
