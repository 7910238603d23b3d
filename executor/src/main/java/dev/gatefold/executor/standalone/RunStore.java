package dev.gatefold.executor.standalone;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.PlanJson;
import dev.gatefold.planner.plan.StandalonePlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Runs, a row each. Works in the caller's transaction. Stateless and thread-safe. */
final class RunStore {

  private static final String ALL =
      """
      SELECT r.id, s.name, r.file, r.state, r.due_at, r.detached, r.plan, r.actor, r.at, r.taken_by,
             r.begun_at, r.ended_at, r.outcome, r.rows_total,
             coalesce(p.rows_done, r.rows_done) AS rows_done
      FROM gatefold.standalone_run r
      JOIN gatefold.standalone s ON s.id = r.standalone_id
      LEFT JOIN gatefold.backfill_progress p ON p.run_id = r.id
      """;

  Optional<Run> find(Connection connection, long id) throws SQLException {
    return Query.of(ALL + "WHERE r.id = ?", id).first(connection, RunStore::read);
  }

  /** The newest that began or wants to. */
  Optional<Run> newest(Connection connection, ChangeName name) throws SQLException {
    return Query.of(
            ALL + "WHERE s.name = ? AND r.state <> 'skipped' ORDER BY r.id DESC LIMIT 1",
            name.value())
        .first(connection, RunStore::read);
  }

  /** Of each backfill the one that runs, or else the newest, be it one that was skipped. */
  List<Run> newest(Connection connection) throws SQLException {
    return Query.of(
            ALL
                + """
                WHERE r.id IN (SELECT DISTINCT ON (standalone_id) id FROM gatefold.standalone_run
                               ORDER BY standalone_id, state = 'running' DESC, id DESC)
                ORDER BY s.name""")
        .list(connection, RunStore::read);
  }

  /** All of one, newest first. */
  List<Run> history(Connection connection, ChangeName name) throws SQLException {
    return Query.of(ALL + "WHERE s.name = ? ORDER BY r.id DESC", name.value())
        .list(connection, RunStore::read);
  }

  /** Those that have not ended, oldest first. */
  List<Run> open(Connection connection) throws SQLException {
    return Query.of(ALL + "WHERE r.ended_at IS NULL ORDER BY r.id")
        .list(connection, RunStore::read);
  }

  /** The one that runs, or waits, if any. */
  Optional<Run> open(Connection connection, ChangeName name, State state) throws SQLException {
    return Query.of(
            ALL + "WHERE s.name = ? AND r.state = ? AND r.ended_at IS NULL",
            name.value(),
            state.word())
        .first(connection, RunStore::read);
  }

  /**
   * Adds a run; empty where there is one of that moment, or one is open in that state already.
   *
   * @param outcome why it never begins, of one that is skipped
   */
  Optional<Long> add(
      Connection connection,
      Standalone backfill,
      State state,
      Optional<Instant> due,
      boolean detached,
      Optional<String> outcome)
      throws SQLException {
    return Query.of(
            """
            INSERT INTO gatefold.standalone_run
              (standalone_id, due_at, file, detached, state, outcome, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, CASE WHEN ? THEN clock_timestamp() END)
            ON CONFLICT DO NOTHING
            RETURNING id""",
            backfill.id(),
            due.map(it -> it.atOffset(ZoneOffset.UTC)),
            backfill.file(),
            detached,
            state.word(),
            outcome,
            state.over())
        .first(connection, row -> row.getLong(1));
  }

  /** What waits is to run by another file. */
  void replaceFile(Connection connection, Standalone backfill) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone_run SET file = ?
            WHERE standalone_id = ? AND state = 'waiting'""",
            backfill.file(),
            backfill.id())
        .update(connection);
  }

  void begin(Connection connection, long run, StandalonePlan plan, long rowsTotal)
      throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone_run
            SET plan = ?::jsonb, rows_total = ?, begun_at = clock_timestamp(),
                looks = 0, written_before = 0
            WHERE id = ?""",
            PlanJson.write(plan),
            rowsTotal,
            run)
        .update(connection);
    forgetSpeeds(connection, run);
  }

  /** What is told of a backfill is how its newest run is doing, or was. */
  private static void forgetSpeeds(Connection connection, long run) throws SQLException {
    Query.of(
            """
            DELETE FROM gatefold.speed
            WHERE subject = ? AND subject_id IN (
              SELECT o.id FROM gatefold.standalone_run o
              JOIN gatefold.standalone_run r ON r.standalone_id = o.standalone_id
              WHERE r.id = ? AND o.id <= r.id)""",
            Subject.run(run).kind(),
            run)
        .update(connection);
  }

  /** All rows are to be gone through once more, those that have come since among them. */
  void lookAgain(Connection connection, long run) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone_run r
            SET looks = looks + 1,
                written_before = (SELECT coalesce(sum(s.rows_written), 0) FROM gatefold.speed s
                                  WHERE s.subject = ? AND s.subject_id = r.id)
            WHERE r.id = ?""",
            Subject.run(run).kind(),
            run)
        .update(connection);
    forgetRows(connection, run);
  }

  private static void forgetRows(Connection connection, long run) throws SQLException {
    Query.of("DELETE FROM gatefold.backfill WHERE run_id = ?", run).update(connection);
  }

  /** One that stopped part-way goes on; answers whether it did. */
  boolean reopen(Connection connection, Run run) throws SQLException {
    return Query.of(
                """
                UPDATE gatefold.standalone_run
                SET state = 'running', ended_at = NULL, outcome = NULL, cancelled_by = NULL
                WHERE id = ? AND state = 'failed'""",
                run.id())
            .update(connection)
        > 0;
  }

  /** The next time it begins anew: the table is not what the plan was made for. */
  void forgetPlan(Connection connection, long run) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone_run SET plan = NULL WHERE id = ?""",
            run)
        .update(connection);
    forgetRows(connection, run);
  }

  /** Ends a run, unless it has ended. */
  void end(Connection connection, long run, State state, String outcome) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone_run
            SET state = ?, outcome = ?, ended_at = clock_timestamp(),
                rows_done = coalesce((SELECT p.rows_done FROM gatefold.backfill_progress p
                                      WHERE p.run_id = standalone_run.id), rows_done)
            WHERE id = ? AND ended_at IS NULL""",
            state.word(),
            outcome,
            run)
        .update(connection);
    // One that failed goes on from there.
    if (state != State.FAILED) {
      forgetRows(connection, run);
    }
  }

  /** Asks the one that runs to end after its batch, and ends the one that waits. */
  void cancel(Connection connection, ChangeName name) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.standalone_run r
            SET cancelled_by = coalesce(cancelled_by, session_user),
                state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
                ended_at = CASE WHEN state = 'waiting' THEN clock_timestamp() END,
                outcome = CASE WHEN state = 'waiting'
                               THEN 'cancelled by ' || session_user || ' before it began' END
            FROM gatefold.standalone s
            WHERE s.id = r.standalone_id AND s.name = ? AND r.ended_at IS NULL""",
            name.value())
        .update(connection);
  }

  private static Run read(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        new ChangeName(row.getString("name")),
        row.getString("file"),
        State.of(row.getString("state")),
        time(row, "due_at"),
        row.getBoolean("detached"),
        Optional.ofNullable(row.getString("plan")).map(PlanJson::readStandalone),
        row.getString("actor"),
        time(row, "at").orElseThrow(),
        Optional.ofNullable(row.getString("taken_by")),
        time(row, "begun_at"),
        time(row, "ended_at"),
        Optional.ofNullable(row.getString("outcome")),
        row.getLong("rows_total"),
        row.getLong("rows_done"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
