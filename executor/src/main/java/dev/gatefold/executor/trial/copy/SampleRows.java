package dev.gatefold.executor.trial.copy;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SqlState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Takes some rows of each table from a database into a copy of its schema, and to each the rows
 * that it refers to. Reads in one snapshot, which lasts only as long as that; nobody is shown a
 * row. Not thread-safe.
 */
public final class SampleRows {

  /** A chain of parents of parents longer than this is cut: what refers to nothing then goes. */
  private static final int MOST_ROUNDS = 100;

  private final Connection live;
  private final Connection copy;
  private final List<String> unseen = new ArrayList<>();
  private long rows;

  private SampleRows(Connection live, Connection copy) {
    this.live = live;
    this.copy = copy;
  }

  /**
   * What was taken.
   *
   * @param rows in all tables together
   * @param unseen tables whose rows could not be read, and why
   */
  public record Taken(long rows, List<String> unseen) {
    public Taken {
      unseen = List.copyOf(unseen);
    }
  }

  /**
   * Takes up to so many rows of each table that the copy has.
   *
   * @param live in autocommit mode, before and after; a statement there takes ten seconds at most
   * @param copy a superuser's, in autocommit mode; its settings are changed
   */
  public static Taken take(Connection live, Connection copy, int rows) throws SQLException {
    live.setAutoCommit(false);
    try {
      execute(
          live,
          """
          SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
          SET LOCAL statement_timeout = '10s';
          SET LOCAL lock_timeout = '1s';
          SET LOCAL search_path TO pg_catalog""");
      // Rows come in any order, and no trigger of the users' own may change them.
      execute(
          copy, "SET session_replication_role = replica; SET search_path TO pg_catalog, pg_temp");
      return new SampleRows(live, copy).run(rows);
    } finally {
      live.rollback();
      live.setAutoCommit(true);
    }
  }

  private Taken run(int most) throws SQLException {
    List<SampleTable> tables = SampleTable.all(copy);
    for (SampleTable table : tables) {
      move(table, table.sample(most));
    }
    completeParents(tables);
    setSequences();
    return new Taken(rows, unseen);
  }

  private void completeParents(List<SampleTable> tables) throws SQLException {
    List<ForeignKey> keys = ForeignKey.all(copy);
    boolean complete = false;
    for (int round = 0; !complete && round < MOST_ROUNDS; round++) {
      complete = true;
      for (ForeignKey key : keys) {
        List<String> missing = key.missing(copy);
        Optional<SampleTable> parent =
            tables.stream().filter(table -> table.name().equals(key.parent())).findFirst();
        if (!missing.isEmpty() && parent.isPresent()) {
          complete = !move(parent.get(), parent.get().parents(key, missing)) && complete;
        }
      }
    }
    for (boolean again = true; again; ) {
      again = false;
      for (ForeignKey key : keys) {
        int pruned = key.prune(copy);
        rows -= pruned;
        again = pruned > 0 || again;
      }
    }
  }

  /** Answers whether any row came. */
  private boolean move(SampleTable table, String query) throws SQLException {
    Savepoint before = live.setSavepoint();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      live.unwrap(PGConnection.class).getCopyAPI().copyOut(query, bytes);
    } catch (SQLException e) {
      live.rollback(before);
      unseen.add("the rows of %s: %s".formatted(table.name(), SqlState.withoutDetail(e)));
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fill(table, bytes.toByteArray());
  }

  private boolean fill(SampleTable table, byte[] bytes) throws SQLException {
    try {
      long came =
          copy.unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(table.into(), new ByteArrayInputStream(bytes));
      rows += came;
      return came > 0;
    } catch (SQLException e) {
      if (copy.isClosed()) {
        throw e;
      }
      unseen.add("the rows of %s: %s".formatted(table.name(), SqlState.withoutDetail(e)));
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void setSequences() throws SQLException {
    List<Map.Entry<String, Long>> positions =
        Query.of(
                """
                SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences
                WHERE last_value IS NOT NULL\
                """)
            .list(live, row -> Map.entry(row.getString(1), row.getLong(2)));
    for (Map.Entry<String, Long> position : positions) {
      Query.of(
              "SELECT setval(to_regclass(?), ?) WHERE to_regclass(?) IS NOT NULL",
              position.getKey(),
              position.getValue(),
              position.getKey())
          .list(copy, row -> row.getLong(1));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
