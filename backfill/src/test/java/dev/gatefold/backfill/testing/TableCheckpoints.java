package dev.gatefold.backfill.testing;

import dev.gatefold.backfill.checkpoint.Checkpoint;
import dev.gatefold.backfill.checkpoint.CheckpointStore;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.testing.TestDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The checkpoint of one backfill, in a table of its own. */
public final class TableCheckpoints implements CheckpointStore {

  private final TestDatabase database;

  public TableCheckpoints(TestDatabase database) throws SQLException {
    this.database = database;
    database.execute(
        """
        CREATE TABLE checkpoint (
            oid bigint, relfilenode bigint, done text[], last text[], rows_done bigint)
        """);
  }

  /** What is committed. */
  public Optional<Checkpoint> committed() throws SQLException {
    try (Connection connection = database.connect()) {
      return load(connection);
    }
  }

  @Override
  public Optional<Checkpoint> load(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM public.checkpoint")) {
      return row.next()
          ? Optional.of(
              new Checkpoint(
                  new TableIdentity(row.getLong(1), row.getLong(2)),
                  Optional.ofNullable(row.getArray(3)).map(TableCheckpoints::key),
                  key(row.getArray(4)),
                  row.getLong(5)))
          : Optional.empty();
    }
  }

  @Override
  public void save(Connection connection, Checkpoint checkpoint) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO public.checkpoint VALUES (?, ?, ?, ?, ?)")) {
      statement.execute("DELETE FROM public.checkpoint");
      insert.setLong(1, checkpoint.table().oid());
      insert.setLong(2, checkpoint.table().relfilenode());
      if (checkpoint.done().isPresent()) {
        insert.setArray(3, array(connection, checkpoint.done().get()));
      } else {
        insert.setNull(3, java.sql.Types.ARRAY);
      }
      insert.setArray(4, array(connection, checkpoint.end()));
      insert.setLong(5, checkpoint.rowsDone());
      insert.execute();
    }
  }

  private static Array array(Connection connection, Key key) throws SQLException {
    return connection.createArrayOf("text", key.values().toArray());
  }

  private static Key key(Array array) {
    try {
      return new Key(List.of((String[]) array.getArray()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
