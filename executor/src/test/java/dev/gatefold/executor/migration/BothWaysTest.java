package dev.gatefold.executor.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.straight.Straight;
import dev.gatefold.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's own Flyway and Gatefold lead to the same schema, in either order of events. */
class BothWaysTest {

  private static final String FIRST =
      """
      CREATE TABLE users (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        visits text DEFAULT '0',
        CONSTRAINT name_given CHECK (name <> ''));
      CREATE INDEX users_name ON users (lower(name));
      COMMENT ON COLUMN users.name IS 'as they gave it';
      INSERT INTO users (name, visits) VALUES ('Ada', '7'), ('Grace', '11');
      """;

  private static final String CHANGE =
      """
      change: users-names
      operations:
        - rename_column: {table: users, column: name, to: full_name}
        - alter_column:
            {table: users, column: visits, to: visited, type: int, default: "0", up: "visits::int", down: "visited::text"}
        - add_column: {table: users, column: born, type: date}
      """;

  private static final String HINT =
      "Your own Flyway holds its migration for done (version 2 in public.flyway_schema_history)";

  @TempDir private Path folder;
  private TestDatabase production;
  private LiveRollouts rollouts;
  private Change change;

  /** Made by the team's Flyway up to what its repository held so far. */
  @BeforeEach
  void start() throws Exception {
    change = ChangeFile.read("change.yaml", CHANGE);
    Files.writeString(folder.resolve("V1__users.sql"), FIRST);
    production = TestDatabase.create();
    TeamFlyway.migrate(production, folder);
    rollouts = LiveRollouts.open(DatabaseUrl.parse(production.url()));
    rollouts.init();
    Ways ways = rollouts.ways(change);
    Straight straight =
        ways.straight().orElseThrow(() -> new AssertionError(ways.staged().toString()));
    new MigrationFolder(folder)
        .add(
            new Migration(change.name(), ((Straight.Script) straight).statements()), Instant.EPOCH);
  }

  @AfterEach
  void end() throws SQLException {
    rollouts.close();
    production.close();
  }

  private void promote(StageName... stages) throws SQLException {
    for (StageName stage : stages) {
      assertThat(
              rollouts.promote(
                  change.name(),
                  PromotionOrder.answering(stage, "the test is its only user"),
                  StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
    }
  }

  private String rollback(RolloutState to) throws SQLException {
    Outcome outcome = rollouts.rollback(change.name(), Optional.of(to), StageListener.SILENT);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).next();
  }

  private static DatabasePicture picture(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return DatabasePicture.take(connection);
    }
  }

  private static List<String> rows(TestDatabase database) throws SQLException {
    return database.queryLines("SELECT id, full_name, visited + 1, born FROM users ORDER BY id");
  }

  /** The deploy that comes too early fails; the one in time changes nothing and is noted once. */
  @Test
  void aFreshDatabaseEndsAsTheOneThatGatefoldChanged() throws Exception {
    assertThatThrownBy(() -> TeamFlyway.migrate(production, folder))
        .hasMessageContaining("Gatefold does not know the change users-names");
    rollouts.submit(change, CHANGE);
    promote(StageName.EXPAND);
    assertThatThrownBy(() -> TeamFlyway.migrate(production, folder))
        .hasMessageContaining("it is expanded")
        .hasMessageContaining("Promote it until it is backfilled (gatefold status users-names)");
    assertThat(TeamFlyway.applied(production)).containsExactly("1 users");

    promote(StageName.BACKFILL);
    DatabasePicture between = picture(production);
    assertThat(TeamFlyway.migrate(production, folder)).isOne();
    assertThat(between.to(picture(production)).words()).isEmpty();
    promote(StageName.RETIRE);
    assertThat(rollback(RolloutState.BACKFILLED))
        .isEqualTo("Next: gatefold promote users-names retire");
    promote(StageName.RETIRE, StageName.DROP);
    assertThat(TeamFlyway.migrate(production, folder)).isZero();

    try (TestDatabase fresh = TestDatabase.create()) {
      assertThat(TeamFlyway.migrate(fresh, folder)).isEqualTo(2);
      assertThat(picture(production).to(picture(fresh)).words()).isEmpty();
      assertThat(rows(fresh)).isEqualTo(rows(production)).hasSize(2);
      assertThat(TeamFlyway.applied(fresh))
          .isEqualTo(TeamFlyway.applied(production))
          .containsExactly("1 users", "2 users-names");
    }
  }

  @Test
  void whatFlywayHoldsForDoneIsNamedWhenTheChangeIsTakenBack() throws Exception {
    DatabasePicture before = picture(production);
    rollouts.submit(change, CHANGE);
    promote(StageName.EXPAND, StageName.BACKFILL);
    TeamFlyway.migrate(production, folder);
    assertThat(rollback(RolloutState.EXPANDED))
        .contains(HINT)
        .contains("promote users-names backfill");
    assertThat(rollback(RolloutState.PLANNED)).contains(HINT).contains("Submit its file again");
    assertThat(before.to(picture(production)).words()).isEmpty();

    // The change comes again: nothing is left for Flyway to do.
    rollouts.submit(change, CHANGE);
    assertThat(TeamFlyway.migrate(production, folder)).isZero();
    assertThat(rollback(RolloutState.PLANNED)).contains(HINT);

    // It is given up: the migration goes, and others come.
    Files.delete(folder.resolve("V2__users-names.sql"));
    Files.writeString(folder.resolve("V3__later.sql"), "CREATE TABLE later ()");
    TeamFlyway.repair(production, folder);
    assertThat(TeamFlyway.migrate(production, folder)).isOne();
    rollouts.submit(change, CHANGE);
    assertThat(rollback(RolloutState.PLANNED)).isEqualTo("Submit its file again to plan it anew.");
  }
}
