package dev.gatefold.executor.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.ddl.SchemaMigrations;
import dev.gatefold.executor.rollout.Move;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.Serving;
import dev.gatefold.executor.rollout.Transitions;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.PlanJson;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a migration does in a database that Gatefold knows, state by state. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardTest {

  private static final String MIGRATION =
      new Migration(new ChangeName("c"), List.of("ALTER TABLE public.t RENAME a TO b")).text();

  private TestDatabase database;

  @BeforeAll
  void create() throws SQLException {
    database = TestDatabase.create();
    new SchemaMigrations(new Database(DatabaseUrl.parse(database.url()))).migrate();
  }

  @AfterAll
  void drop() throws SQLException {
    database.close();
  }

  @BeforeEach
  void aTableOfTheOldShape() throws SQLException {
    database.execute(
        "DELETE FROM gatefold.rollout; DROP TABLE IF EXISTS t; CREATE TABLE t (id int, a text)");
  }

  private void rollout(String stages, String state) throws SQLException {
    String plan =
        Arrays.stream(stages.split(" "))
            .map("{\"name\": \"%s\"}"::formatted)
            .collect(Collectors.joining(", ", "{\"stages\": [", "]}"));
    List<String> words = List.of(state.split(" to "));
    database.execute(
        """
        INSERT INTO gatefold.rollout (change, state, undo_to, plan, fingerprint, file)
        VALUES ('c', '%s', nullif('%s', ''), '%s', 'f', '')\
        """
            .formatted(words.get(0), words.size() == 1 ? "" : words.get(1), plan));
  }

  private List<String> columns() throws SQLException {
    return database.queryLines(
        "SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 2");
  }

  @ParameterizedTest
  @CsvSource({
    "expand backfill retire drop, backfilled",
    "expand backfill retire drop, retiring",
    "expand backfill retire drop, retired",
    "expand backfill retire drop, dropping",
    "expand backfill retire drop, completed",
    "expand backfill retire drop, rolling_back to retired",
    "expand backfill retire drop, rolling_back to backfilled",
    "expand retire drop, expanded",
    "expand, completed",
    "backfill retire, backfilled",
    "retire drop, planned",
    "drop, planned"
  })
  void itPassesWhereTheNewShapeIsServed(String stages, String state) throws Exception {
    rollout(stages, state);
    database.execute(MIGRATION);
    assertThat(columns()).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({
    "expand backfill retire drop, planned, backfilled",
    "expand backfill retire drop, expanding, backfilled",
    "expand backfill retire drop, expanded, backfilled",
    "expand backfill retire drop, backfilling, backfilled",
    "expand backfill retire drop, rolling_back to expanded, backfilled",
    "expand backfill retire drop, rolling_back to rolled_back, backfilled",
    "expand retire drop, planned, expanded",
    "expand retire drop, expanding, expanded",
    "expand, planned, completed",
    "expand, expanding, completed",
    "expand backfill, backfilling, completed",
    "retire drop, rolling_back to rolled_back, planned"
  })
  void itStopsWhereItIsNotServedYet(String stages, String state, String from) throws Exception {
    rollout(stages, state);
    assertThatThrownBy(() -> database.execute(MIGRATION))
        .hasMessageContaining(
            "Gatefold does not serve the new shape of change c in this database yet: it is "
                + state.replaceFirst(" to .*", ""))
        .hasMessageContaining("Promote it until it is %s (gatefold status c)".formatted(from));
    assertThat(columns()).containsExactly("a");
  }

  /** Of each state that a rollout can come to, the server answers what {@link Serving} does. */
  @Test
  void theServerAndTheCommandsHaveTheSameRule() throws SQLException {
    List<Standing> all =
        IntStream.range(1, 1 << StageName.values().length)
            .mapToObj(GuardTest::plan)
            .flatMap(plan -> Standing.of(plan).stream())
            .toList();
    database.execute(
        IntStream.range(0, all.size())
            .mapToObj(i -> all.get(i).row(i))
            .collect(
                Collectors.joining(
                    ", ",
                    "INSERT INTO gatefold.rollout (change, state, undo_to, plan, fingerprint, file)"
                        + " VALUES ",
                    ";")));
    database.execute(
        """
        CREATE FUNCTION answer(change text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE hint text;
        BEGIN
          RETURN gatefold.wants_direct_ddl(change)::text;
        EXCEPTION WHEN object_not_in_prerequisite_state THEN
          GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
          RETURN coalesce(substring(hint FROM 'Promote it until it is (\\w+)'), 'taken back');
        END $$""");
    assertThat(
            database.queryLines("SELECT answer(change) FROM gatefold.rollout ORDER BY change::int"))
        .containsExactlyElementsOf(all.stream().map(Standing::answer).toList());
  }

  /** The stages of a plan by the bits of a number. */
  private static Plan plan(int stages) {
    return new Plan(
        new ChangeName("c"),
        BackfillSettings.DEFAULT,
        IntStream.range(0, StageName.values().length)
            .filter(bit -> (stages & (1 << bit)) != 0)
            .mapToObj(List.of(StageName.values())::get)
            .map(stage -> new Stage(stage, List.of()))
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** A plan in a state; of one that rolls back, in that to which it goes. */
  private record Standing(Plan plan, RolloutState state, Optional<RolloutState> undoTo) {

    static List<Standing> of(Plan plan) {
      List<RolloutState> still = new ArrayList<>(List.of(RolloutState.PLANNED));
      List<RolloutState> back = new ArrayList<>(List.of(RolloutState.ROLLED_BACK));
      for (Stage stage : plan.stages()) {
        RolloutState running =
            Transitions.after(RolloutState.PLANNED, Move.promote(stage.name())).orElseThrow();
        boolean last = plan.after(Optional.of(stage.name())).isEmpty();
        RolloutState done =
            Transitions.after(running, last ? Move.PLAN_DONE : Move.STAGE_DONE).orElseThrow();
        still.addAll(List.of(running, done));
        if (!last) {
          back.add(done);
        }
      }
      still.add(RolloutState.ROLLED_BACK);
      return Stream.concat(
              still.stream().map(state -> new Standing(plan, state, Optional.empty())),
              back.stream()
                  .map(to -> new Standing(plan, RolloutState.ROLLING_BACK, Optional.of(to))))
          .toList();
    }

    String row(int number) {
      return "('%d', '%s', %s, '%s', 'f', '')"
          .formatted(
              number,
              state.word(),
              undoTo.map(to -> "'" + to.word() + "'").orElse("NULL"),
              PlanJson.write(plan));
    }

    String answer() {
      if (Serving.in(undoTo.orElse(state), plan)) {
        return "false";
      }
      return state == RolloutState.ROLLED_BACK ? "taken back" : Serving.from(plan).word();
    }
  }

  @Test
  void itStopsWhereTheChangeIsNotKnownOrWasTakenBack() throws Exception {
    assertThatThrownBy(() -> database.execute(MIGRATION))
        .hasMessageContaining("Gatefold does not know the change c in this database")
        .hasMessageContaining("Submit the change here")
        .hasMessageContaining("SET gatefold.direct = 'c'")
        .hasMessageContaining("options=-c%20gatefold.direct=c in the URL");
    rollout("expand", "rolled_back");
    assertThatThrownBy(() -> database.execute(MIGRATION))
        .hasMessageContaining("Gatefold took back the change c in this database");
    assertThat(columns()).containsExactly("a");
  }

  /** A word for one change, so that it does not let the next one through as well. */
  @Test
  void whoeverSaysSoGetsTheDirectDdl() throws Exception {
    assertThatThrownBy(() -> database.execute("SET gatefold.direct = 'd';" + MIGRATION))
        .hasMessageContaining("does not know");
    rollout("expand", "planned");
    assertThatThrownBy(() -> database.execute("SET gatefold.direct = 'c';" + MIGRATION))
        .hasMessageContaining("it is planned");
    database.execute("UPDATE gatefold.rollout SET state = 'rolled_back'");
    try (Connection connection =
            DriverManager.getConnection(database.url() + "&options=-c%20gatefold.direct=c");
        Statement statement = connection.createStatement()) {
      statement.execute(MIGRATION);
    }
    assertThat(columns()).containsExactly("b");
  }

  @Test
  void aRolloutThatStoppedIsCalledSo() throws Exception {
    rollout("expand backfill", "backfilling");
    database.execute("UPDATE gatefold.rollout SET failed_step = 'backfill.rows'");
    assertThatThrownBy(() -> database.execute(MIGRATION))
        .hasMessageContaining("it is backfilling, and stopped");
  }

  @Test
  void aRoleWithoutRightsIsToldTheGrant() throws Exception {
    rollout("expand", "completed");
    String migrator = "migrator_" + database.name();
    database.asSuperuser("CREATE ROLE " + migrator);
    String asMigrator = "SET SESSION AUTHORIZATION %s;%s".formatted(migrator, MIGRATION);
    try {
      assertThatThrownBy(() -> database.asSuperuser(asMigrator))
          .hasMessageContaining("role %s may not ask Gatefold about change c".formatted(migrator))
          .hasMessageContaining("GRANT USAGE ON SCHEMA gatefold TO " + migrator);
      database.asSuperuser("GRANT USAGE ON SCHEMA gatefold TO " + migrator);
      database.asSuperuser(asMigrator);
      assertThat(columns()).containsExactly("a");
      assertThat(
              catchThrowable(
                  () ->
                      database.asSuperuser(
                          "SET SESSION AUTHORIZATION %s; SELECT FROM gatefold.rollout"
                              .formatted(migrator))))
          .hasMessageContaining("permission denied for table rollout");
    } finally {
      database.asSuperuser("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(migrator));
    }
  }

  @Test
  void aSchemaOfAnOlderVersionIsToBeBroughtUpToDate() throws Exception {
    try (TestDatabase older = TestDatabase.create()) {
      older.execute("CREATE SCHEMA gatefold; CREATE TABLE t (id int, a text)");
      assertThatThrownBy(() -> older.execute(MIGRATION))
          .hasMessageContaining(
              "the schema gatefold of this database cannot be asked about change c")
          .hasMessageContaining("gatefold init");
    }
  }

  @Test
  void whereThereIsNoGatefoldTheDirectDdlRuns() throws Exception {
    try (TestDatabase fresh = TestDatabase.create()) {
      fresh.execute("CREATE TABLE t (id int, a text)");
      fresh.execute(MIGRATION);
      assertThat(fresh.queryLines("SELECT b FROM t")).isEmpty();
    }
  }
}
