package dev.gatefold.executor.standalone;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Backfills of their own, a row each. Works in the caller's transaction. Thread-safe. */
final class StandaloneStore {

  private static final String ALL =
      """
      SELECT s.id, s.name, s.table_name, s.file, s.schedule, s.actor, t.execution_time
      FROM gatefold.standalone s
      LEFT JOIN gatefold.scheduled_task t ON t.task_name = 'backfill' AND t.task_instance = s.name
      """;

  List<Standalone> list(Connection connection) throws SQLException {
    return Query.of(ALL + "ORDER BY s.name").list(connection, StandaloneStore::read);
  }

  Optional<Standalone> find(Connection connection, ChangeName name) throws SQLException {
    return Query.of(ALL + "WHERE s.name = ?", name.value())
        .first(connection, StandaloneStore::read);
  }

  /** The same, and nobody else changes it or adds a run by its schedule meanwhile. */
  Optional<Standalone> lock(Connection connection, ChangeName name) throws SQLException {
    return Query.of(ALL + "WHERE s.name = ? FOR UPDATE OF s", name.value())
        .first(connection, StandaloneStore::read);
  }

  /** Records a file under its name; what it has of a schedule stays. */
  Standalone record(Connection connection, StandaloneBackfill backfill, String file)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.standalone (name, table_name, file) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET table_name = EXCLUDED.table_name, file = EXCLUDED.file""",
            backfill.name().value(),
            backfill.table().quoted(),
            file)
        .update(connection);
    return lock(connection, backfill.name()).orElseThrow();
  }

  void schedule(Connection connection, long id, Optional<String> schedule) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone
            SET schedule = ?, actor = session_user, at = clock_timestamp() WHERE id = ?""",
            schedule,
            id)
        .update(connection);
  }

  Instant now(Connection connection) throws SQLException {
    return Query.of("SELECT clock_timestamp()")
        .first(connection, row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .orElseThrow();
  }

  private static Standalone read(ResultSet row) throws SQLException {
    return new Standalone(
        row.getLong("id"),
        new ChangeName(row.getString("name")),
        TableName.parse(row.getString("table_name")),
        row.getString("file"),
        Optional.ofNullable(row.getString("schedule")),
        Optional.ofNullable(row.getObject("execution_time", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        row.getString("actor"));
  }
}
