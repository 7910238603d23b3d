package dev.gatefold.executor.engine;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes the locks of a step in the open transaction. */
final class TableLocks {

  private static final String CANCELED = "57014";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;
  private final LockPolicy policy;
  private final Ticker ticker;

  TableLocks(Connection connection, LockPolicy policy, Ticker ticker) {
    this.connection = connection;
    this.policy = policy;
    this.ticker = ticker;
  }

  /**
   * Takes the lock on each table in order, parents before children, and on its partitions, of which
   * none can be attached once the weaker lock is held. The attempt's time is shared by all locks,
   * those of the statements that follow included: who queues behind the first one waits for the
   * last one too.
   */
  void take(List<TableName> tables, LockMode mode) throws SQLException {
    timeout(policy.harmless());
    for (TableName table : tables) {
      if (mode.compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0
          && viewOwner(table).isEmpty()
          && mayLock(table)) {
        lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
      }
    }
    long began = ticker.nanos();
    Duration rest = policy.attempt();
    timeout(rest);
    for (TableName table : tables) {
      Optional<String> owner = viewOwner(table);
      if (owner.isPresent()) {
        // LOCK TABLE on a view locks every table that it reads; giving it to whoever owns it does
        // nothing but lock the view itself.
        execute("ALTER VIEW " + table.quoted() + " OWNER TO " + owner.get());
      } else if (mayLock(table)) {
        lockBriefly(table, mode, rest);
      }
      rest = policy.rest(Duration.ofNanos(ticker.nanos() - began));
      timeout(rest);
    }
  }

  private Optional<String> viewOwner(TableName name) throws SQLException {
    return Query.of(
            """
            SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class
            WHERE oid = to_regclass(?) AND relkind = 'v'\
            """,
            name.quoted())
        .first(connection, row -> row.getString(1));
  }

  /**
   * A referenced table may belong to others; the statement itself locks it then. One that the step
   * makes is not there yet; of one that should be, the preconditions say that it is gone.
   */
  private boolean mayLock(TableName table) throws SQLException {
    return Query.of(
            "SELECT coalesce(has_table_privilege(to_regclass(?), 'UPDATE, DELETE, TRUNCATE'),"
                + " false)",
            table.quoted())
        .isTrue(connection);
  }

  /**
   * The lock timeout begins anew at each partition, while those before it are held already: the
   * attempt as a whole has to end in time too.
   */
  private void lockBriefly(TableName table, LockMode mode, Duration time) throws SQLException {
    execute("SET LOCAL statement_timeout = '" + time.toMillis() + "ms'");
    try {
      lock(table, mode);
    } catch (SQLException e) {
      throw CANCELED.equals(e.getSQLState())
          ? new SQLException(e.getMessage(), LOCK_NOT_AVAILABLE, e)
          : e;
    }
    execute("SET LOCAL statement_timeout = 0");
  }

  private void lock(TableName table, LockMode mode) throws SQLException {
    execute("LOCK TABLE " + table.quoted() + " IN " + mode.sql() + " MODE");
  }

  private void timeout(Duration time) throws SQLException {
    execute("SET LOCAL lock_timeout = '" + time.toMillis() + "ms'");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
