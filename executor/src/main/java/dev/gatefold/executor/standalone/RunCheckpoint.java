package dev.gatefold.executor.standalone;

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

/** How far a run is. */
final class RunCheckpoint implements CheckpointStore {

  private final long run;
  private final long table;

  RunCheckpoint(long run, long table) {
    this.run = run;
    this.table = table;
  }

  @Override
  public Optional<Checkpoint> load(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT relfilenode, done_key, end_key, rows_done
            FROM gatefold.standalone_run WHERE id = ? AND end_key IS NOT NULL""",
            run)
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
            UPDATE gatefold.standalone_run
            SET relfilenode = ?, done_key = ?, end_key = ?, rows_done = ? WHERE id = ?""",
            checkpoint.table().relfilenode(),
            checkpoint.done().map(Key::values),
            checkpoint.end().values(),
            checkpoint.rowsDone(),
            run)
        .update(connection);
  }
}
