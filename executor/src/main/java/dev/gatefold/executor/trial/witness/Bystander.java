package dev.gatefold.executor.trial.witness;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Sees the locks of statements that let them go before they end, or that no trigger notices:
 * CONCURRENTLY, VALIDATE, ANALYZE. It stands in their way, as other maintenance would and then as
 * an application that writes, so that they have to wait; and while they wait it reads what they
 * hold and ask for.
 */
final class Bystander implements AutoCloseable {

  private static final String LOCKS =
      """
      SELECT l.relation, l.mode
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'relation' AND a.application_name = 'gatefold'
        AND a.datname = current_database()
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())\
      """;

  private static final String WAITS =
      """
      SELECT EXISTS (
        SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE NOT l.granted AND a.application_name = 'gatefold'
          AND a.datname = current_database())\
      """;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String NO_SUCH_TABLE = "42P01";

  private final Connection standing;
  private final Connection looking;
  private final List<TableName> tables;
  private final Sleeper sleeper = new ThreadSleeper();
  private final Map<Long, HeldMode> seen = new HashMap<>();
  private final FutureTask<Boolean> watch = new FutureTask<>(this::watch);
  private boolean stands;
  private volatile boolean over;

  private Bystander(Connection standing, Connection looking, List<TableName> tables) {
    this.standing = standing;
    this.looking = looking;
    this.tables = List.copyOf(tables);
  }

  /**
   * Takes its place; comes back when whatever is run next on the tables has to wait.
   *
   * @param database opens connections, under a name other than Gatefold's
   */
  static Bystander of(Connections database, List<TableName> tables) throws SQLException {
    Bystander bystander = new Bystander(database.open(), database.open(), tables);
    bystander.standing.setAutoCommit(false);
    bystander.stands = bystander.stand(LockMode.SHARE_UPDATE_EXCLUSIVE, FIRST);
    Thread thread = new Thread(bystander.watch, "gatefold trial bystander");
    thread.setDaemon(true);
    thread.start();
    return bystander;
  }

  /** Steps aside; answers which locks Gatefold held or asked for meanwhile, by relation. */
  Map<Long, HeldMode> end() throws SQLException, InterruptedException {
    over = true;
    try {
      watch.get();
      return seen;
    } catch (ExecutionException e) {
      throw new SQLException("the locks could not be looked at", e.getCause());
    } finally {
      close();
    }
  }

  private Boolean watch() throws SQLException, InterruptedException {
    while (!over) {
      boolean waits = Query.of(WAITS).isTrue(looking);
      // After that question: who waits is let go only when this look is over.
      Query.of(LOCKS)
          .list(looking, row -> Map.entry(row.getLong(1), HeldMode.of(row.getString(2))))
          .forEach(lock -> seen.merge(lock.getKey(), lock.getValue(), HeldMode::or));
      if (waits) {
        standing.rollback();
        stands = false;
      }
      stands = stands || stand(LockMode.ROW_EXCLUSIVE, AGAIN);
      sleeper.sleep(BETWEEN_LOOKS);
    }
    return true;
  }

  /** Takes the locks, and none where they are not to be had in time. */
  private boolean stand(LockMode mode, Duration time) throws SQLException {
    try (Statement statement = standing.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '" + time.toMillis() + "ms'");
      for (TableName table : tables) {
        statement.execute("LOCK TABLE " + table.quoted() + " IN " + mode.sql() + " MODE");
      }
      return true;
    } catch (SQLException e) {
      standing.rollback();
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) && !NO_SUCH_TABLE.equals(e.getSQLState())) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    over = true;
    standing.close();
    looking.close();
  }
}
