package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.Rollout.Failure;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.StoredPlan;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.PlanJson;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rollouts, a row each. Works in the caller's transaction. Stateless and thread-safe. */
public final class RolloutStore {

  private static final String COLUMNS =
      """
      SELECT id, change, state, stage, undo_to, paused, failed_step, failed_why, plan, file,
             ARRAY(SELECT s ->> 'name' FROM jsonb_array_elements(plan -> 'stages') s) AS stages,
             rows_total, mismatches, updated_at,
             -- The figure is written once a second; a worker that was killed got further than that.
             CASE WHEN state = 'backfilling'
                  THEN greatest(rows_done, (SELECT sum(c.rows_done) FROM gatefold.backfill_progress c
                                            WHERE c.rollout_id = rollout.id))
                  ELSE rows_done END AS rows_done
      FROM gatefold.rollout
      """;

  public Optional<Rollout> find(Connection connection, ChangeName change) throws SQLException {
    return Query.of(COLUMNS + "WHERE change = ?", change.value())
        .first(connection, RolloutStore::read);
  }

  /** Newest first. */
  public List<Rollout> list(Connection connection) throws SQLException {
    return Query.of(COLUMNS + "ORDER BY id DESC").list(connection, RolloutStore::read);
  }

  public long create(Connection connection, Plan plan, String file) throws SQLException {
    return Query.of(
            """
            INSERT INTO gatefold.rollout (change, state, plan, fingerprint, file)
            VALUES (?, 'planned', ?::jsonb, ?, ?)
            RETURNING id""",
            plan.change().value(),
            PlanJson.write(plan),
            plan.fingerprint(),
            file)
        .first(connection, row -> row.getLong(1))
        .orElseThrow();
  }

  public void replacePlan(
      Connection connection, long rollout, RolloutState state, Plan plan, String file)
      throws SQLException {
    Query.of(
            """
            UPDATE gatefold.rollout
            SET plan = ?::jsonb, fingerprint = ?, file = ?, state = ?, stage = NULL,
                submitted_by = session_user,
                rows_total = 0, rows_done = 0, mismatches = 0, updated_at = now()
            WHERE id = ?""",
            PlanJson.write(plan),
            plan.fingerprint(),
            file,
            state.word(),
            rollout)
        .update(connection);
  }

  /** Moves a rollout on; a failure of before is forgotten. */
  public void move(
      Connection connection,
      long rollout,
      RolloutState state,
      Optional<StageName> stage,
      Optional<RolloutState> undoTo)
      throws SQLException {
    Query.of(
            """
            UPDATE gatefold.rollout
            SET state = ?, stage = ?, undo_to = ?, failed_step = NULL, failed_why = NULL,
                updated_at = now()
            WHERE id = ?""",
            state.word(),
            stage.map(StageName::word),
            undoTo.map(RolloutState::word),
            rollout)
        .update(connection);
  }

  public void fail(Connection connection, long rollout, Failure failure) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.rollout
            SET failed_step = ?, failed_why = ?, updated_at = now()
            WHERE id = ?""",
            failure.step(),
            failure.reason(),
            rollout)
        .update(connection);
  }

  public void pause(Connection connection, long rollout, boolean paused) throws SQLException {
    Query.of(
            "UPDATE gatefold.rollout SET paused = ?, updated_at = now() WHERE id = ?",
            paused,
            rollout)
        .update(connection);
  }

  public void count(Connection connection, long rollout, RowCounts rows) throws SQLException {
    counting(rollout, rows).update(connection);
  }

  /** The same of work that goes on, of which the next count tells more. */
  public void mention(Connection connection, long rollout, RowCounts rows) throws SQLException {
    counting(rollout, rows).mention(connection);
  }

  private static Query counting(long rollout, RowCounts rows) {
    return Query.of(
        """
        UPDATE gatefold.rollout
        SET rows_total = ?, rows_done = ?, mismatches = ?, updated_at = now()
        WHERE id = ?""",
        rows.total(),
        rows.done(),
        rows.mismatches(),
        rollout);
  }

  private static Rollout read(ResultSet row) throws SQLException {
    return new Rollout(
        row.getLong("id"),
        new ChangeName(row.getString("change")),
        state(row.getString("state")),
        Optional.ofNullable(row.getString("stage")).flatMap(StageName::of),
        Optional.ofNullable(row.getString("undo_to")).map(RolloutStore::state),
        row.getBoolean("paused"),
        failure(row),
        plan(row),
        row.getString("file"),
        new RowCounts(
            row.getLong("rows_total"), row.getLong("rows_done"), row.getLong("mismatches")),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static StoredPlan plan(ResultSet row) throws SQLException {
    String json = row.getString("plan");
    List<StageName> stages =
        Stream.of((String[]) row.getArray("stages").getArray())
            .flatMap(word -> StageName.of(word).stream())
            .toList();
    return new StoredPlan(stages, () -> PlanJson.read(json));
  }

  private static Optional<Failure> failure(ResultSet row) throws SQLException {
    String step = row.getString("failed_step");
    String why = row.getString("failed_why");
    return step == null || why == null ? Optional.empty() : Optional.of(new Failure(step, why));
  }

  private static RolloutState state(String word) {
    return RolloutState.of(word)
        .orElseThrow(() -> new IllegalStateException("the store holds an unknown state: " + word));
  }
}
