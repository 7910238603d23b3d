package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Recorder;
import dev.gatefold.planner.plan.Sync;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What records the writes of each table, as it was made and as it is. Stateless, thread-safe. */
public final class RecorderStore {

  /** The triggers and their function as they are now, clones on partitions included. */
  private static final String FINGERPRINT =
      """
      SELECT md5(coalesce(string_agg(
          concat_ws('|', t.tgname, t.tgtype, t.tgqual, t.tgenabled, p.pronamespace, p.proname,
                    p.prosrc, p.proconfig, p.prosecdef, p.proowner, (
              SELECT string_agg(
                  concat_ws('|', d.relid, c.tgtype, c.tgenabled, c.tgfoid), ',' ORDER BY d.relid)
              FROM pg_partition_tree(t.tgrelid::regclass) d
              LEFT JOIN pg_trigger c ON c.tgrelid = d.relid AND c.tgname = t.tgname
              WHERE d.level > 0 AND (c.tgtype, c.tgenabled, c.tgfoid)
                IS DISTINCT FROM (t.tgtype, t.tgenabled, t.tgfoid))),
          ';' ORDER BY t.tgname), ''))
      FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgrelid = ?::oid AND t.tgname IN (?, ?)""";

  /** Writes down what a step made of the recorder; in the step's own transaction. */
  public void record(Connection connection, long rollout, Sync sync) throws SQLException {
    if (sync.mode().isEmpty()) {
      Query.of(
              "DELETE FROM gatefold.recorder WHERE rollout_id = ? AND table_oid = ?",
              rollout,
              sync.oid())
          .update(connection);
    } else if (sync.recorder().isPresent()) {
      made(connection, rollout, sync.oid(), sync.recorder().get());
    }
  }

  private static void made(Connection connection, long rollout, long table, Recorder recorder)
      throws SQLException {
    // Also where it is made anew: whether the one before missed writes shows nowhere any more.
    Query.of(
            """
            INSERT INTO gatefold.recorder (rollout_id, table_oid, fingerprint)
            VALUES (?, ?, ?)
            ON CONFLICT (rollout_id, table_oid) DO UPDATE
            SET fingerprint = EXCLUDED.fingerprint, made_by = EXCLUDED.made_by,
                since = EXCLUDED.since""",
            rollout,
            table,
            fingerprint(connection, table, recorder))
        .update(connection);
  }

  private static String fingerprint(Connection connection, long table, Recorder recorder)
      throws SQLException {
    return Query.of(
            FINGERPRINT, table, recorder.insertTrigger().value(), recorder.updateTrigger().value())
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /**
   * How far back the notes of a table are whole.
   *
   * @param since from when on no write was missed; empty where none is recorded
   * @param doubt why writes may be missed, or have been; empty where they are not
   */
  public record Standing(Optional<Instant> since, Optional<String> doubt) {

    /** That of a table whose writes nobody records. */
    public static final Standing NONE =
        new Standing(
            Optional.empty(),
            Optional.of("nothing records writes: an earlier version began the change"));

    /** In words, where writes are recorded only from a later time on. */
    public Optional<String> missedSince(Instant from) {
      return since.filter(from::isBefore).map(at -> "writes are recorded only since " + at);
    }
  }

  public Standing standing(Connection connection, long rollout, long table, Recorder recorder)
      throws SQLException {
    Optional<Standing> made =
        Query.of(
                """
                SELECT r.since, r.fingerprint = ?, (
                    SELECT bool_and(t.xmin = r.made_by AND p.xmin = r.made_by
                      AND has_table_privilege(p.proowner, 'gatefold.use_seen', 'INSERT')
                      AND has_schema_privilege(p.proowner, 'gatefold', 'USAGE'))
                    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                    WHERE t.tgrelid = r.table_oid::oid AND t.tgname IN (?, ?))
                FROM gatefold.recorder r WHERE r.rollout_id = ? AND r.table_oid = ?""",
                fingerprint(connection, table, recorder),
                recorder.insertTrigger().value(),
                recorder.updateTrigger().value(),
                rollout,
                table)
            .first(
                connection,
                row ->
                    new Standing(
                        Optional.of(row.getObject(1, OffsetDateTime.class).toInstant()),
                        doubt(row.getBoolean(2), row.getBoolean(3))));
    return made.orElse(Standing.NONE);
  }

  private static Optional<String> doubt(boolean asMade, boolean untouched) {
    if (!asMade) {
      return Optional.of("the triggers that record writes were dropped, disabled or changed");
    }
    // Whoever disables one and enables it again leaves it written by another transaction.
    return untouched
        ? Optional.empty()
        : Optional.of(
            "the triggers that record writes were changed meanwhile, or lost the right to do so");
  }

  /** Drops what is left of the recorders of a rollout whose tables were dropped. */
  public void forget(Connection connection, long rollout, List<String> tokens) throws SQLException {
    Query.of("DELETE FROM gatefold.recorder WHERE rollout_id = ?", rollout).update(connection);
    for (String token : tokens) {
      Query.of("DROP FUNCTION IF EXISTS gatefold." + new Identifier("use_" + token).quoted() + "()")
          .update(connection);
    }
  }
}
