package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that read a changed column, on its table and on others. */
class PoliciesTest {

  private static final String TABLES =
      """
      CREATE TABLE %1$s.members (name text PRIMARY KEY, tenant text);
      CREATE TABLE %1$s.docs (id int PRIMARY KEY, tenant text, body text);
      CREATE TABLE %1$s.pages (doc int, body text);
      INSERT INTO %1$s.docs SELECT i, 't' || i %% 3, 'b' FROM generate_series(1, 300) i;
      INSERT INTO %1$s.pages SELECT i, 'p' FROM generate_series(1, 300) i;
      INSERT INTO %1$s.members VALUES ('policy_app', 't1');
      ALTER TABLE %1$s.docs ENABLE ROW LEVEL SECURITY;
      ALTER TABLE %1$s.pages ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON %1$s.docs FOR SELECT TO policy_app, pg_monitor
        USING (tenant IN (SELECT m.tenant FROM %1$s.members m
                          WHERE m.name = CURRENT_USER AND m.tenant = docs.tenant));
      CREATE POLICY "Odd ""One"" of" ON %1$s.docs AS RESTRICTIVE FOR UPDATE
        USING (true) WITH CHECK (tenant <> 'tenant');
      CREATE POLICY added ON %1$s.docs FOR INSERT WITH CHECK (length(tenant) > 1);
      CREATE POLICY other ON %1$s.docs FOR SELECT USING (body = 'open');
      CREATE POLICY by_doc ON %1$s.pages USING (
        EXISTS (SELECT FROM %1$s.docs WHERE docs.id = pages.doc AND docs.tenant = 't1'));
      COMMENT ON POLICY own ON %1$s.docs IS 'each its own';
      GRANT SELECT, UPDATE, INSERT ON %1$s.docs, %1$s.pages, %1$s.members TO policy_app;
      """;

  private static final String RENAME =
      "change: shape\noperations:\n  - rename_column: {table: docs, column: tenant, to: owner}\n";

  private static final String RETYPE =
      "change: shape\noperations:\n  - alter_column: {table: docs, column: tenant, type: varchar(30)}\n";

  private static final String AS_APP = "SET SESSION AUTHORIZATION policy_app;";

  private static Journey journey() throws Exception {
    TestDatabase database = TestDatabase.create();
    database.asSuperuser(
        """
        DO $$ BEGIN
          IF to_regrole('policy_app') IS NULL THEN CREATE ROLE policy_app; END IF;
        END $$""");
    database.execute("CREATE SCHEMA twin;" + TABLES.formatted("public") + TABLES.formatted("twin"));
    return Journey.on(database, Standbys.NONE);
  }

  private static List<String> lines(Journey journey, String table) throws Exception {
    return journey.catalog(table).stream()
        .map(line -> line.replaceAll("\\b(twin|public)\\.", ""))
        .toList();
  }

  @Test
  void followARenameAndGoOnGuarding() throws Exception {
    try (Journey journey = journey()) {
      journey.submitted(RENAME).promoted("shape", StageName.RETIRE);
      journey.sql(AS_APP + "UPDATE docs SET owner = 't1' WHERE id = 1");
      journey.promoted("shape", StageName.DROP);

      journey.sql("ALTER TABLE twin.docs RENAME COLUMN tenant TO owner");
      assertThat(lines(journey, "docs")).isEqualTo(lines(journey, "twin.docs"));
      assertThat(journey.rows("SELECT count(*) FROM pg_policy WHERE polrelid = 'docs'::regclass"))
          .containsExactly("4");
    }
  }

  @Test
  void guardTheSameRowsAtEachStage() throws Exception {
    try (Journey journey = journey()) {
      journey.submitted(RETYPE);
      for (StageName stage : StageName.values()) {
        journey.promoted("shape", stage);
        journey.sql(
            AS_APP
                + """
                DO $$ BEGIN
                  IF (SELECT count(*) FROM docs) <> 100 THEN RAISE 'docs are not guarded'; END IF;
                  IF (SELECT count(*) FROM pages) <> 100 THEN RAISE 'pages are not guarded'; END IF;
                END $$""");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RENAME, RETYPE})
  void comeBackAsTheyWere(String change) throws Exception {
    try (Journey journey = journey()) {
      List<String> before = journey.catalog("docs");
      journey.submitted(change).promoted("shape", StageName.RETIRE);
      assertThat(journey.catalog("docs")).isNotEqualTo(before);
      assertThat(journey.rollback("shape", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("docs")).isEqualTo(before);
    }
  }

  @Test
  void thatDoNotFitTheNewTypeAreRefusedByName() throws Exception {
    try (Journey journey = journey()) {
      assertThat(
              journey.submit(
                  """
                  change: shape
                  operations:
                    - alter_column: {table: docs, column: tenant, type: int, same_meaning: true,
                        up: "substr(tenant, 2)::int", down: "'t' || tenant"}
                  """))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons())
                      .anySatisfy(
                          reason -> {
                            assertThat(reason.code()).isEqualTo("does-not-fit");
                            assertThat(reason.message()).contains("policy").contains("public.");
                          }));
    }
  }
}
