package dev.gatefold.executor.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.planner.Planner;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SnapshotFile;
import dev.gatefold.planner.snapshot.SnapshotReader;
import dev.gatefold.testing.TestDatabase;
import dev.gatefold.testing.everything.Everything;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan from a snapshot is the plan from the database, for whoever asks. */
@TestInstance(Lifecycle.PER_CLASS)
class SnapshotPlanningTest {

  private static final String FILE =
      """
      change: test
      operations:
        - %s
      backfill: {user_triggers: skip}
      """;

  private TestDatabase database;

  @BeforeAll
  void create() throws Exception {
    database = Everything.create();
  }

  @AfterAll
  void drop() throws SQLException {
    database.close();
    Everything.dropRoles();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '%',
      value = {
        "plan ! everything_owner ! alter_column: {table: shop.prices, column: price, to: amount,"
            + " type: 'numeric(12,2)', up: shop.double(price), down: (amount / 2)::integer}",
        "plan ! everything_owner ! rename_column: {table: shop.prices, column: customer, to:"
            + " buyer}",
        "plan ! postgres ! rename_column: {table: shop.events, column: customer, to: buyer}",
        "plan ! postgres ! alter_column: {table: public.serials, column: id, to: key, type:"
            + " bigint}",
        "plan ! postgres ! alter_column: {table: shop.customers, column: name, to: full_name, type:"
            + " varchar(200)}",
        "plan ! postgres ! rename_column: {table: '\"Odd Names\".\"Order \"\"Item\"\"; -- é\"',"
            + " column: '\"naïve über\"', to: plainer}",
        "plan ! postgres ! create_index: {table: shop.orders, name: by_total, columns: [total]}",
        "refusal ! postgres ! alter_column: {table: shop.orders, column: number, to: no, type:"
            + " bigint}",
        "refusal ! everything_owner ! rename_column: {table: shop.customers, column: mail, to:"
            + " email}",
        "refusal ! everything_app ! rename_column: {table: shop.orders, column: total, to: sum}",
        "refusal ! postgres ! rename_column: {table: shop.remote, column: note, to: notes}",
      })
  void isTheSameFromTheSnapshotAndFromTheDatabase(String answer, String role, String operation)
      throws Exception {
    String file = FILE.formatted(operation);
    Change change = ChangeFile.read("test.yaml", file);
    Planning live;
    SchemaSnapshot snapshot;
    try (Connection connection = connect(role)) {
      live =
          new Planner(new PostgresDialect())
              .plan(new CatalogReader(connection).read(change), change);
      snapshot = SnapshotReader.read(connection);
    }
    assertThat(live).isInstanceOf(answer.equals("plan") ? Plan.class : Refusal.class);
    SchemaSnapshot saved = SnapshotFile.read("s.yaml", SnapshotFile.write(snapshot));
    assertThat(words(new SnapshotPlanning(saved).plan(change, file))).isEqualTo(words(live));
  }

  private Connection connect(String role) throws SQLException {
    Connection connection = new Database(DatabaseUrl.parse(database.url())).getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION AUTHORIZATION " + role);
    }
    return connection;
  }

  /** A plan or a refusal without OIDs, which no two databases share. */
  private static String words(Planning planning) {
    return planning
        .match(Plan::toString, Refusal::toString)
        .replaceAll("the database itself: [^,]*, for the role \\w+, ", "")
        .replaceAll("\\b\\d{5,}\\b", "OID")
        .replaceAll("_fkey[_0-9]+", "_fkey");
  }
}
