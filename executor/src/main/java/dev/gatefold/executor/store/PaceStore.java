package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.PaceSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values that were given to a backfill while it ran. They last until somebody takes them back or
 * submits another plan. Works in the caller's transaction. Stateless and thread-safe.
 */
public final class PaceStore {

  /**
   * One value.
   *
   * @param by the database's session user
   */
  public record Given(PaceSetting setting, String value, String by, Instant at) {

    /** Whether the file says something else. */
    public boolean differsFrom(BackfillSettings file) {
      return !setting.of(setting.in(file, value)).equals(setting.of(file));
    }
  }

  public void give(Connection connection, Subject subject, Map<PaceSetting, String> values)
      throws SQLException {
    for (Map.Entry<PaceSetting, String> value : values.entrySet()) {
      Query.of(
              """
              INSERT INTO gatefold.pace (subject, subject_id, setting, value) VALUES (?, ?, ?, ?)
              ON CONFLICT (subject, subject_id, setting) DO UPDATE
              SET value = EXCLUDED.value, actor = EXCLUDED.actor, at = EXCLUDED.at""",
              subject.kind(),
              subject.id(),
              value.getKey().key(),
              value.getValue())
          .update(connection);
    }
  }

  /** From now on the file says everything. */
  public void forget(Connection connection, Subject subject) throws SQLException {
    Query.of(
            "DELETE FROM gatefold.pace WHERE subject = ? AND subject_id = ?",
            subject.kind(),
            subject.id())
        .update(connection);
  }

  /** All values; one of a setting that only a later version knows is left out. */
  public List<Given> list(Connection connection, Subject subject) throws SQLException {
    return Query.of(
            """
            SELECT setting, value, actor, at FROM gatefold.pace WHERE subject = ? AND subject_id = ?
            ORDER BY setting""",
            subject.kind(),
            subject.id())
        .list(
            connection,
            row -> {
              String value = row.getString("value");
              String by = row.getString("actor");
              Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
              return PaceSetting.of(row.getString("setting"))
                  .map(setting -> new Given(setting, value, by, at));
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** What counts: the file's settings, with the values that were given since. */
  public BackfillSettings over(Connection connection, Subject subject, BackfillSettings file)
      throws SQLException {
    BackfillSettings settings = file;
    for (Given given : list(connection, subject)) {
      settings = given.setting().in(settings, given.value());
    }
    return settings;
  }
}
