package dev.gatefold.executor.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaMigrationsTest {

  private static final String TWO_ROLLOUTS =
      """
      INSERT INTO gatefold.rollout (change, state, plan, fingerprint, file)
      VALUES ('x', 'retired', '{}', 'f', ''), ('y', 'expanded', '{}', 'f', '');
      INSERT INTO gatefold.history (rollout_id, actor, kind, text) VALUES
        (1, 'anna', 'submitted', 'plan f'), (1, 'ben', 'promoted', 'expand'),
        (2, 'carla', 'promoted', 'expand: in a hurry'), (1, 'ben', 'failed', 'why'),
        (1, 'dora', 'promoted', 'retire');
      INSERT INTO gatefold.promotion (rollout_id, stage, actor, reason, verdict, evidence_hash)
      VALUES (1, 'expand', 'ben', NULL, 'clear', 'h1'),
        (2, 'expand', 'carla', 'in a hurry', 'inconclusive', 'h2'),
        (1, 'retire', 'dora', NULL, 'clear', 'h3');
      """;

  private TestDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database = TestDatabase.create();
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
  }

  private Database target() {
    return new Database(DatabaseUrl.parse(database.url()));
  }

  @Test
  void whatTheFirstVersionRecordedIsKeptInOneRecord() throws Exception {
    FlywaySettings.on(target())
        .table("schema_history")
        .locations("classpath:dev/gatefold/executor/ddl/schema")
        .createSchemas(true)
        .target("1")
        .load()
        .migrate();
    database.execute(TWO_ROLLOUTS);

    assertThat(new SchemaMigrations(target()).migrate()).isPositive();

    assertThat(
            database.queryLines(
                """
                SELECT change, actor, kind, stage, evidence, verdict, reason, result, process
                FROM gatefold.history ORDER BY id"""))
        .containsExactly(
            "x|anna|submitted|null|null|null|null|done|null",
            "x|ben|promoted|expand|h1|clear|null|done|null",
            "y|carla|promoted|expand|h2|inconclusive|in a hurry|done|null",
            "x|ben|failed|null|null|null|null|failed|null",
            "x|dora|promoted|retire|h3|clear|null|done|null");
    assertThat(database.queryLines("SELECT to_regclass('gatefold.promotion')"))
        .containsExactly("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE gatefold.history SET actor = 'somebody'",
        "DELETE FROM gatefold.history",
        "TRUNCATE gatefold.history",
        "SET session_replication_role = replica; DELETE FROM gatefold.history",
        "UPDATE gatefold.evidence SET expires_at = 'infinity'",
        "DELETE FROM gatefold.approval",
        "DELETE FROM gatefold.repair",
        "TRUNCATE gatefold.evidence CASCADE"
      })
  void noLineOfTheRecordIsChangedOrDeleted(String attempt) throws Exception {
    new SchemaMigrations(target()).migrate();
    assertThatThrownBy(() -> database.asSuperuser(attempt))
        .hasMessageContaining("are added, never changed and never deleted");
  }
}
