package dev.gatefold.executor.store;

import dev.gatefold.backfill.checkpoint.Checkpoint;
import dev.gatefold.backfill.checkpoint.CheckpointStore;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.executor.database.Query;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The checkpoint of one table's backfill, a row each. */
public final class CheckpointTable implements CheckpointStore {

  private final long rollout;
  private final long table;

  public CheckpointTable(long rollout, long table) {
    this.rollout = rollout;
    this.table = table;
  }

  @Override
  public Optional<Checkpoint> load(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT relfilenode, done_key, end_key, rows_done
            FROM gatefold.checkpoint WHERE rollout_id = ? AND table_oid = ?""",
            rollout,
            table)
        .first(connection, this::read);
  }

  private Checkpoint read(ResultSet row) throws SQLException {
    Optional<Array> done = Optional.ofNullable(row.getArray("done_key"));
    return new Checkpoint(
        new TableIdentity(table, row.getLong("relfilenode")),
        done.isEmpty() ? Optional.empty() : Optional.of(key(done.get())),
        key(row.getArray("end_key")),
        row.getLong("rows_done"));
  }

  private static Key key(Array array) throws SQLException {
    return new Key(List.of((String[]) array.getArray()));
  }

  @Override
  public void save(Connection connection, Checkpoint checkpoint) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.checkpoint
              (rollout_id, table_oid, relfilenode, done_key, end_key, rows_done)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (rollout_id, table_oid) DO UPDATE
            SET relfilenode = EXCLUDED.relfilenode, done_key = EXCLUDED.done_key,
                end_key = EXCLUDED.end_key, rows_done = EXCLUDED.rows_done,
                updated_at = EXCLUDED.updated_at""",
            rollout,
            table,
            checkpoint.table().relfilenode(),
            checkpoint.done().map(Key::values),
            checkpoint.end().values(),
            checkpoint.rowsDone())
        .update(connection);
  }

  /** Forgets how far the backfills of a rollout were: the next ones begin anew. */
  public static void forget(Connection connection, long rollout) throws SQLException {
    Query.of("DELETE FROM gatefold.checkpoint WHERE rollout_id = ?", rollout).update(connection);
  }
}
