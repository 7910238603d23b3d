package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role of Gatefold must be allowed, and what it says where something is not. */
class RightsTest {

  private static final String ROLES =
      """
      DO $$ DECLARE name text; BEGIN
        FOREACH name IN ARRAY ARRAY['rights_owner', 'rights_none', 'rights_heir', 'rights_bypass'] LOOP
          IF to_regrole(name) IS NULL THEN EXECUTE format('CREATE ROLE %I LOGIN', name); END IF;
        END LOOP;
        IF to_regrole('rights_member') IS NULL THEN
          CREATE ROLE rights_member LOGIN NOINHERIT;
        END IF;
      END $$;
      ALTER ROLE rights_bypass BYPASSRLS;
      GRANT rights_owner TO rights_heir, rights_member, rights_bypass;
      """;

  private static final String TABLE =
      """
      GRANT CREATE ON SCHEMA public TO rights_owner;
      SET SESSION AUTHORIZATION rights_owner;
      CREATE TABLE public.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text, changed int);
      CREATE INDEX ON public.t (a);
      INSERT INTO public.t (a) SELECT i::text FROM generate_series(1, 500) i;
      CREATE FUNCTION public.count_changes() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN NEW.changed := coalesce(OLD.changed, 0) + 1; RETURN NEW; END';
      CREATE TRIGGER counts BEFORE UPDATE ON public.t
        FOR EACH ROW EXECUTE FUNCTION public.count_changes();
      """;

  @TempDir private Path folder;
  private TestDatabase database;
  private CommandRun command;

  @BeforeEach
  void aTableOfItsOwner() throws Exception {
    database = TestDatabase.create();
    database.asSuperuser(ROLES);
    database.asSuperuser(TABLE);
    command = new CommandRun(folder);
    command.opener = (url, settings, debug) -> LiveRollouts.open(url, settings);
    change("skip");
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
  }

  /** The way of a DBA who trusts nobody further than the script goes. */
  @Test
  void theScriptForTheDbaIsAllThatItTakes() throws Exception {
    // Before PostgreSQL 15 no grant keeps the users' triggers from firing.
    change(serverVersion() < 15 ? "fire" : "skip");
    database.asSuperuser("REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC");
    String role = "rights_script_" + database.name();
    assertThat(command.run("init", "-o", "sql", "--role", role, "--owner", "rights_owner"))
        .isZero();
    String script = command.out();
    database.asSuperuser(script);
    database.asSuperuser(script);

    as(role);
    assertThat(command.run("init")).isZero();
    assertThat(command.run("init")).isZero();
    // Whose migrations ask how far a change is.
    assertThat(
            database.queryLines("SELECT has_schema_privilege('rights_owner', 'gatefold', 'USAGE')"))
        .containsExactly("t");
    assertThat(command.run("doctor")).isZero();
    wholeWay();
    if (serverVersion() >= 15) {
      assertThat(database.queryLines("SELECT DISTINCT changed FROM t")).containsExactly("null");
    }
  }

  /** The way of an auditor who trusts Gatefold's own role no further than it can add. */
  @Test
  void theRecordOfAKeeperCanOnlyBeAddedTo() throws Exception {
    change("fire");
    String role = "rights_kept_" + database.name();
    command.run(
        "init",
        "-o",
        "sql",
        "--role",
        role,
        "--owner",
        "rights_owner",
        "--keeper",
        "rights_keeper");
    String script = command.out();
    database.asSuperuser(script);
    as(role);
    assertThat(command.run("init")).isZero();
    database.asSuperuser(script);
    database.asSuperuser(script);

    assertThat(command.run("init")).as(command.err()).isZero();
    wholeWay();
    assertThat(command.run("audit", "c", "-o", "json")).isZero();
    assertThat(command.lines()).anyMatch(line -> line.contains("\"promoted\""));
    for (String attempt :
        new String[] {
          "ALTER TABLE gatefold.history DISABLE TRIGGER append_only",
          "DROP TABLE gatefold.history CASCADE",
          "DROP SCHEMA gatefold CASCADE",
          "UPDATE gatefold.history SET actor = 'somebody'",
          "DELETE FROM gatefold.evidence",
          "TRUNCATE gatefold.approval",
          "UPDATE gatefold.repair SET keys = '{}'",
          "CREATE OR REPLACE FUNCTION gatefold.append_only() RETURNS trigger LANGUAGE plpgsql AS"
              + " 'BEGIN RETURN NULL; END'",
          "ALTER TABLE gatefold.history OWNER TO " + role
        }) {
      assertThatThrownBy(
              () -> database.asSuperuser("SET SESSION AUTHORIZATION " + role + "; " + attempt))
          .as(attempt)
          .hasMessageMatching("(?s).*(must be owner of|permission denied for).*");
    }
  }

  @Test
  void theScriptQuotesTheNamesThatItIsGiven() throws Exception {
    command.run(
        "init", "-o", "sql", "--role", "\"It's \\ a \"\"Role\"\"\"", "--owner", "\"No One\"");
    String script = command.out().replaceAll("(?m)^(GRANT .*\"No One\")", "-- $1");
    database.asSuperuser(script + "DROP OWNED BY \"It's \\ a \"\"Role\"\"\" CASCADE;");
    database.asSuperuser("DROP ROLE \"It's \\ a \"\"Role\"\"\"");
  }

  @Test
  void initNamesTheRightThatItLacks() throws Exception {
    as("rights_none");
    assertThat(command.run("init")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err())
        .contains("role rights_none lacks the right CREATE on database " + database.name())
        .contains("gatefold init -o sql");

    database.asSuperuser("CREATE SCHEMA gatefold");
    assertThat(command.run("init")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err()).contains("lacks the rights USAGE and CREATE on schema gatefold");

    database.asSuperuser("DROP SCHEMA gatefold");
    as("postgres");
    assertThat(command.run("init")).isZero();
    database.asSuperuser("GRANT ALL ON SCHEMA gatefold TO rights_none");
    as("rights_none");
    assertThat(command.run("init")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err()).contains("belong to role postgres");
  }

  @Test
  void withoutTemporaryTablesNothingIsPlanned() throws Exception {
    database.asSuperuser("REVOKE TEMPORARY ON DATABASE " + database.name() + " FROM PUBLIC");
    as("rights_owner");
    assertThat(command.run("plan", "c.yaml")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(command.err())
        .contains("role rights_owner lacks the right TEMPORARY on database " + database.name());
  }

  @Test
  void anIndexNeedsARightOnItsSchemaToo() throws Exception {
    database.asSuperuser("REVOKE CREATE ON SCHEMA public FROM PUBLIC, rights_owner");
    change("fire");
    as("rights_owner");
    assertThat(command.run("plan", "c.yaml")).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err()).contains("lacks CREATE on schema public");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rights_heir", "rights_owner"})
  void theOwnerAndWhoInheritsItsRights(String role) throws Exception {
    database.asSuperuser("GRANT CREATE ON DATABASE " + database.name() + " TO " + role);
    change("fire");
    as(role);
    assertThat(command.run("init")).isZero();
    wholeWay();
  }

  @Test
  void aMemberThatDoesNotInheritBecomesTheOwnerInTheUrl() throws Exception {
    database.asSuperuser("GRANT CREATE ON DATABASE " + database.name() + " TO rights_owner");
    change("fire");
    as("rights_member");
    assertThat(command.run("plan", "c.yaml")).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err())
        .contains("a member of the table's owner but does not inherit its rights")
        .contains("options=-c%20role=");
    command.run("doctor");
    assertThat(command.out()).contains("a member of rights_owner but does not inherit");

    command.environment.put(
        "GATEFOLD_URL", database.url("rights_member") + "&options=-c%20role=rights_owner");
    assertThat(command.run("init")).isZero();
    wholeWay();
    assertThat(
            database.queryLines(
                "SELECT DISTINCT actor FROM gatefold.history WHERE kind = 'promoted'"))
        .containsExactly("rights_member");
  }

  @Test
  void policiesThatBindTheOwnerAreSaidBeforehand() throws Exception {
    forced();
    change("fire");
    database.asSuperuser("GRANT CREATE ON DATABASE " + database.name() + " TO rights_owner");
    as("rights_owner");
    assertThat(command.run("init")).isZero();
    command.run("doctor");
    assertThat(command.out()).contains("policies of public.t bind this role");
    assertThat(command.run("submit", "c.yaml")).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err()).contains("row-level security is forced").contains("BYPASSRLS");

    database.asSuperuser("ALTER TABLE t NO FORCE ROW LEVEL SECURITY");
    assertThat(command.run("submit", "c.yaml")).isZero();
    assertThat(command.run("promote", "c", "expand")).isZero();
    database.asSuperuser("ALTER TABLE t FORCE ROW LEVEL SECURITY");
    assertThat(command.run("promote", "c", "backfill")).isEqualTo(ExitCode.BLOCKED);
    assertThat(command.err()).contains("row-level security is forced");
    database.asSuperuser("ALTER TABLE t NO FORCE ROW LEVEL SECURITY");
    wholeWay();
  }

  /** Its blocks are read past the root, whose policies then do not count. */
  @Test
  void policiesOfOnePartitionBindAsWell() throws Exception {
    database.asSuperuser(
        """
        DROP TABLE t;
        SET SESSION AUTHORIZATION rights_owner;
        CREATE TABLE public.t (id int PRIMARY KEY, a text) PARTITION BY RANGE (id);
        CREATE TABLE public.p PARTITION OF public.t FOR VALUES FROM (0) TO (1000);
        ALTER TABLE public.p ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        """);
    as("rights_owner");
    assertThat(command.run("plan", "c.yaml")).isEqualTo(ExitCode.REFUSED);
    assertThat(command.err()).contains("row-level security is forced");
    database.asSuperuser("ALTER TABLE p NO FORCE ROW LEVEL SECURITY");
    assertThat(command.run("plan", "c.yaml")).as(command.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rights_bypass", "postgres"})
  void policiesDoNotHideRowsFromWhoeverBypassesThem(String role) throws Exception {
    forced();
    database.asSuperuser("GRANT CREATE ON DATABASE " + database.name() + " TO rights_bypass");
    change("fire");
    as(role);
    assertThat(command.run("init")).isZero();
    wholeWay();
  }

  private void forced() throws SQLException {
    database.asSuperuser(
        """
        ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY even ON t USING (id % 2 = 0);
        """);
  }

  /** Every stage that is left; then each row has its new value. */
  private void wholeWay() throws SQLException {
    assertThat(command.run("submit", "c.yaml")).as(command.err()).isZero();
    for (String stage : new String[] {"expand", "backfill", "retire", "drop"}) {
      assertThat(command.run("promote", "c", stage, "--yes", "--reason", "a test"))
          .as(command.err())
          .isZero();
    }
    database.asSuperuser(
        """
        DO $$ BEGIN
          ASSERT (SELECT count(*) = 500 AND bool_and(b = id) FROM t);
        END $$\
        """);
  }

  private void as(String role) {
    command.environment.put("GATEFOLD_URL", database.url(role));
  }

  private void change(String userTriggers) throws Exception {
    Files.writeString(
        folder.resolve("c.yaml"),
        """
        change: c
        operations:
          - alter_column: {table: t, column: a, to: b, type: int}
        backfill: {user_triggers: %s}
        """
            .formatted(userTriggers));
  }

  private int serverVersion() throws SQLException {
    return Integer.parseInt(database.queryLines("SHOW server_version_num").get(0)) / 10_000;
  }
}
