package dev.gatefold.executor.standby;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SessionWords;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A standby that somebody named. A question opens a connection of its own and closes it, or comes
 * by itself on one that stays: none of ours holds a snapshot or a lock there between two looks.
 */
public record Standby(DatabaseUrl url) {

  /**
   * From this age on a transaction is in the way. Whoever has read a table keeps a lock on it until
   * the transaction ends, and that lock is all that the replay of ACCESS EXCLUSIVE meets: snapshots
   * alone do not matter to it. Younger ones end before a usual max_standby_streaming_delay (30 s)
   * is over; were they waited for, a busy standby would never be free.
   */
  public static final Duration TOO_LONG = Duration.ofSeconds(1);

  private static final String LONG_LOCKS =
      "SELECT DISTINCT a.xact_start IS NULL, "
          + SessionWords.OF_A
          + """

          FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
          WHERE l.granted AND l.pid <> pg_backend_pid() AND l.locktype = 'relation'
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.relation IN (%s)
            -- The process that replays has no user; its locks are the primary's.
            AND a.usesysid IS NOT NULL
            AND coalesce(a.backend_type, 'client backend') = 'client backend'
            AND coalesce(a.xact_start <= clock_timestamp() - ?::interval, true)
          ORDER BY 2 LIMIT 5"""
              .formatted(SessionWords.OIDS_OF_TABLES);

  public String place() {
    return url.place();
  }

  /** A question to the standby. */
  public interface Question<T> {
    T ask(Connection standby) throws SQLException;
  }

  /** Asks, once it is clear that this is a standby of that primary. */
  public <T> T ask(Primary primary, Question<T> question) throws UnseenException {
    try (Connection connection = Database.inHaste(url).getConnection()) {
      identify(connection, primary);
      return question.ask(connection);
    } catch (SQLException e) {
      throw new UnseenException(url.words(e));
    }
  }

  /**
   * A connection to it that stays, for who asks again and again; whoever asks closes.
   *
   * @throws SQLException that says without a password why it could not be had
   */
  public Connection connect(Primary primary) throws SQLException {
    Connection connection;
    try {
      connection = Database.inHaste(url).getConnection();
    } catch (SQLException e) {
      throw new SQLException(url.words(e), e.getSQLState(), e);
    }
    try {
      identify(connection, primary);
      return connection;
    } catch (UnseenException e) {
      connection.close();
      throw new SQLException(e.getMessage(), e);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void identify(Connection connection, Primary primary)
      throws SQLException, UnseenException {
    if (!Query.of("SELECT pg_is_in_recovery()").isTrue(connection)) {
      throw new UnseenException("it is no standby: it is not in recovery");
    }
    Primary copy = Primary.of(connection);
    if (primary.system().isPresent()
        && copy.system().isPresent()
        && !primary.system().equals(copy.system())) {
      throw new UnseenException("it is a standby of another server");
    }
    if (!primary.database().equals(copy.database())) {
      throw new UnseenException(
          "its URL names the database %s, not %s".formatted(copy.database(), primary.database()));
    }
  }

  /** Which transactions have had one of the tables in use for too long. */
  StandbyLook look(Primary primary, List<TableName> tables) {
    try {
      return ask(primary, connection -> look(connection, tables));
    } catch (UnseenException e) {
      return new StandbyLook(place(), List.of(), Optional.of(e.getMessage()));
    }
  }

  private StandbyLook look(Connection connection, List<TableName> tables) throws SQLException {
    List<String> sessions = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    Query.of(LONG_LOCKS, tables.stream().map(TableName::quoted).toList(), TOO_LONG.toString())
        .list(
            connection,
            row ->
                (row.getBoolean(1) ? hidden : sessions)
                    .add(Objects.requireNonNull(row.getString(2))));
    return new StandbyLook(
        place(),
        sessions,
        hidden.isEmpty()
            ? Optional.empty()
            : Optional.of("how old their transactions are: " + String.join(", ", hidden)));
  }
}
