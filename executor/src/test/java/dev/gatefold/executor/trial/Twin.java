package dev.gatefold.executor.trial;

import dev.gatefold.executor.migration.Migration;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.straight.Straight;
import dev.gatefold.planner.straight.StraightDdl;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is in a database after a script: its catalog, and its rows without the order of their
 * columns, each UUID as one and the same.
 */
public record Twin(DatabasePicture catalog, List<String> rows) {

  private static final String TABLES =
      """
      SELECT c.oid::regclass::text
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
        AND n.nspname NOT IN ('information_schema', 'gatefold')
      ORDER BY 1
      """;

  private static final String SEQUENCES =
      "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences ORDER BY 1";

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  public Twin {
    rows = List.copyOf(rows);
  }

  /** After the DDL that somebody wrote by hand. */
  public static Twin byHand(String schema, String ddl) throws SQLException {
    try (TestDatabase database = TestDatabase.forSuperuser()) {
      database.execute(schema);
      database.execute(ddl);
      return of(database);
    }
  }

  /** After the straight way of the change. */
  public static Twin straight(String schema, String change) throws SQLException {
    try (TestDatabase database = TestDatabase.forSuperuser()) {
      database.execute(schema);
      run(database, script(database, change));
      return of(database);
    }
  }

  /** Why there is no straight way: code and message of each reason. */
  public static List<String> refusals(String schema, String change) throws SQLException {
    try (TestDatabase database = TestDatabase.forSuperuser()) {
      database.execute(schema);
      return planned(database, change)
          .match(
              script -> {
                throw new AssertionError("a way was found: " + script);
              },
              refused ->
                  refused.reasons().stream()
                      .map(reason -> reason.code() + ": " + reason.message())
                      .toList());
    }
  }

  private static Straight.Script script(TestDatabase database, String change) throws SQLException {
    return planned(database, change)
        .match(
            script -> script,
            refused -> {
              throw new AssertionError(refused.reasons());
            });
  }

  private static Straight planned(TestDatabase database, String file) throws SQLException {
    try (Connection connection = database.connect()) {
      Change change = ChangeFile.read("change.yaml", file);
      return new StraightDdl(new PostgresDialect())
          .of(new CatalogReader(connection).read(change), change);
    } catch (ChangeFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static void run(TestDatabase database, Straight.Script script) throws SQLException {
    if (script.transactional()) {
      // As a team's own Flyway would run it.
      database.execute(new Migration(new ChangeName("straight"), script.statements()).text());
      return;
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : script.statements()) {
        statement.execute(sql);
      }
    }
  }

  private static Twin of(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      List<String> rows = new ArrayList<>(database.queryLines(SEQUENCES));
      for (String table : database.queryLines(TABLES)) {
        database
            .queryLines("SELECT to_jsonb(t)::text FROM ONLY " + table + " t ORDER BY 1")
            .forEach(row -> rows.add(table + " " + row.replaceAll(UUID, "uuid")));
      }
      return new Twin(DatabasePicture.take(connection), rows);
    }
  }
}
