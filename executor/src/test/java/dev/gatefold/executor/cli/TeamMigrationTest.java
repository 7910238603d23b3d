package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.straight.Straight;
import dev.gatefold.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --flyway}. */
class TeamMigrationTest {

  private static final String FILE =
      "change: total\noperations: [{rename_column: {table: o, column: a, to: b}}]\n";

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() throws Exception {
    command = new CommandRun(folder);
    Files.writeString(folder.resolve("total.yaml"), FILE);
    Files.createDirectory(folder.resolve("db"));
    Files.writeString(folder.resolve("db/V20260228093000__first.sql"), "");
  }

  private int plan(String... more) {
    return command.run(
        Stream.concat(Stream.of("plan", "total.yaml", "--flyway", "db"), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void theFileIsWrittenOnceAndThenKnown() throws Exception {
    assertThat(plan()).isZero();
    assertThat(command.out())
        .contains("Stage expand")
        .endsWith(
            """

            Beside your own Flyway
              Wrote db/V20260301120000__total.sql: the direct DDL, for databases that Gatefold does not change.
              Where Gatefold does the change, it passes once that is backfilled: start the version that brings it then.

            Nothing else was changed. Next: gatefold submit total.yaml
            """);
    String text = Files.readString(folder.resolve("db/V20260301120000__total.sql"));
    assertThat(text).contains("EXECUTE $ddl$ALTER TABLE o ADD n int$ddl$;");

    assertThat(plan()).isZero();
    assertThat(command.out())
        .contains("db/V20260301120000__total.sql is there already, with this direct DDL");
    assertThat(folder.resolve("db")).isDirectoryContaining("glob:**first.sql");
    assertThat(folder.resolve("db").toFile().list()).hasSize(2);
  }

  @Test
  void machinesAreToldToo() {
    String migration =
        ",\"migration\":{\"file\":\"db/V20260301120000__total.sql\",\"written\":%s,\"passes_from\":\"backfilled\"}}\n";
    assertThat(plan("-o", "json")).isZero();
    assertThat(command.out()).endsWith(migration.formatted("true"));
    assertThat(plan("-o", "json")).isZero();
    assertThat(command.out()).endsWith(migration.formatted("false"));
    assertThat(plan("-o", "sql")).isZero();
    assertThat(command.lines())
        .contains(
            "-- db/V20260301120000__total.sql is there already,"
                + " with this direct DDL, and was left as it is.");
    assertThat(plan("-o", "markdown")).isZero();
    assertThat(command.out()).contains("### Beside your own Flyway\n\n- db/V20260301120000");
  }

  @Test
  void aMigrationOfAnotherFormIsNeitherAlteredNorDoubled() throws Exception {
    assertThat(plan()).isZero();
    Path file = folder.resolve("db/V20260301120000__total.sql");
    String text = Files.readString(file);
    command.rollouts.straight = new Straight.Script(List.of("ALTER TABLE o ADD n bigint"), true);

    assertThat(plan()).isEqualTo(ExitCode.USAGE);
    assertThat(command.err())
        .contains(
            "db/V20260301120000__total.sql is the migration of another form of the change total")
        .contains("If no database has run it, delete it and write it again.");
    assertThat(command.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(folder.resolve("db").toFile().list()).hasSize(2);
  }

  @Test
  void whatNoMigrationCanDoIsRefused() {
    command.rollouts.straight = new Straight.Script(List.of("CREATE INDEX CONCURRENTLY"), false);
    assertThat(plan()).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err()).contains("not-in-transaction, total", "Write that migration by hand");

    command.rollouts.straight =
        new Straight.Refused(List.of(new Refusal.Reason("no-way", "public.o", "none", "Stay.")));
    assertThat(plan()).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err()).contains("no-way, public.o: none");
    assertThat(folder.resolve("db").toFile().list()).hasSize(1);

    command.rollouts.planning =
        new Refusal(List.of(new Refusal.Reason("no-key", "public.o", "no key", "Add one.")));
    assertThat(plan()).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err()).contains("no-key, public.o: no key");
  }

  @Test
  void aFolderThatIsNoneIsTold() {
    assertThat(command.run("plan", "total.yaml", "--flyway", "nowhere")).isEqualTo(ExitCode.USAGE);
    assertThat(command.err()).contains("there is no folder nowhere");
  }

  @Test
  void aSnapshotIsEnough() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute("CREATE TABLE o (id integer PRIMARY KEY, a integer)");
      command.opener = (url, settings, debug) -> LiveRollouts.open(url, settings);
      command.environment.put("GATEFOLD_URL", database.url());
      assertThat(command.run("schema", "snapshot", "-f", "shop.yaml")).isZero();
      assertThat(plan()).isZero();
    }
    Path live = folder.resolve("db/V20260301120000__total.sql");
    String text = Files.readString(live);
    assertThat(text).containsPattern("EXECUTE .*RENAME");
    Files.delete(live);
    command.environment.clear();
    assertThat(plan("--schema", "shop.yaml")).isZero();
    assertThat(Files.readString(live)).isEqualTo(text);
  }
}
