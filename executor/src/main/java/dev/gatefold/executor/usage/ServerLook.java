package dev.gatefold.executor.usage;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SessionWords;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server shows of the statements that run on it.
 *
 * @param counted all statements that it has counted and that are not ours
 * @param countedAs changes whenever it throws statements away; empty where it counts none
 * @param running what sessions run now, or ran last in an open transaction
 * @param unseen what it does not show, in words
 */
record ServerLook(
    List<Statement> counted,
    Optional<String> countedAs,
    List<Running> running,
    List<String> unseen) {

  /**
   * A statement of {@code pg_stat_statements}.
   *
   * @param key tells it from all others
   */
  record Statement(String key, String user, long calls, String text) {}

  /** A statement of a session, whose words name it. */
  record Running(String session, String text) {}

  private static final String OBSTACLES =
      """
      SELECT (SELECT quote_ident(n.nspname)
              FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
              WHERE e.extname = 'pg_stat_statements'),
             pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'),
             coalesce(current_setting('pg_stat_statements.track', true), '') = 'none'
               OR EXISTS (SELECT FROM pg_db_role_setting, unnest(setconfig) s
                          WHERE s = 'pg_stat_statements.track=none'),
             coalesce(current_setting('pg_stat_statements.track_utility', true), '') = 'off'""";

  private static final String RUNNING =
      "SELECT "
          + SessionWords.OF_A
          + """
          , a.query,
            octet_length(a.query) >= (SELECT setting::int - 1 FROM pg_settings
                                       WHERE name = 'track_activity_query_size')
          FROM pg_stat_activity a
          WHERE a.pid <> pg_backend_pid() AND a.datname = current_database()
            AND a.state IS DISTINCT FROM 'idle' AND a.query IS NOT NULL
            AND coalesce(a.backend_type, 'client backend') IN ('client backend', 'parallel worker')
          ORDER BY a.pid""";

  static ServerLook at(Connection connection) throws SQLException {
    List<String> unseen = new ArrayList<>();
    List<Running> running = running(connection, unseen);
    Optional<String> schema = extension(connection, unseen);
    if (schema.isEmpty()) {
      unseen.add("the extension pg_stat_statements is not there (CREATE EXTENSION)");
      return new ServerLook(List.of(), Optional.empty(), running, unseen);
    }
    try {
      Optional<String> countedAs = countedAs(connection, schema.get());
      List<Statement> counted = counted(connection, schema.get(), unseen);
      return new ServerLook(counted, countedAs, running, unseen);
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      unseen.add("pg_stat_statements cannot be read: " + SqlState.sentence(e));
      return new ServerLook(List.of(), Optional.empty(), running, unseen);
    }
  }

  private static Optional<String> extension(Connection connection, List<String> unseen)
      throws SQLException {
    return Query.of(OBSTACLES)
        .first(
            connection,
            row -> {
              if (!row.getBoolean(2)) {
                unseen.add("statements of other users are hidden (GRANT pg_read_all_stats)");
              }
              if (row.getBoolean(3)) {
                unseen.add("not every session counts its statements (pg_stat_statements.track)");
              }
              if (row.getBoolean(4)) {
                unseen.add("COPY and DO are not counted (pg_stat_statements.track_utility)");
              }
              return Optional.ofNullable(row.getString(1));
            })
        .orElseThrow();
  }

  private static Optional<String> countedAs(Connection connection, String schema)
      throws SQLException {
    return Query.of(
            "SELECT concat_ws(' ', dealloc, extract(epoch FROM stats_reset)) FROM "
                + schema
                + ".pg_stat_statements_info")
        .first(connection, row -> row.getString(1));
  }

  private static List<Statement> counted(Connection connection, String schema, List<String> unseen)
      throws SQLException {
    List<Statement> counted = new ArrayList<>();
    List<String> textless = new ArrayList<>();
    Query.of(
            """
            SELECT concat_ws('/', s.userid, s.queryid, s.toplevel),
                   coalesce(r.rolname, s.userid::text), s.calls, coalesce(s.query, '')
            FROM %s.pg_stat_statements s LEFT JOIN pg_roles r ON r.oid = s.userid
            WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"""
                .formatted(schema))
        .list(
            connection,
            row -> {
              Statement statement =
                  new Statement(
                      row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
              return statement.text().isEmpty()
                  ? textless.add(statement.key())
                  : statement.text().contains(RowMapping.MARK) || counted.add(statement);
            });
    if (!textless.isEmpty()) {
      unseen.add("the texts of %d statements are lost".formatted(textless.size()));
    }
    return counted;
  }

  private static List<Running> running(Connection connection, List<String> unseen)
      throws SQLException {
    List<Running> running = new ArrayList<>();
    Query.of(RUNNING)
        .list(
            connection,
            row -> {
              Running one = new Running(row.getString(1), row.getString(2));
              if (row.getBoolean(3)) {
                unseen.add("the end of a long statement of " + one.session());
              }
              return one.text().contains(RowMapping.MARK) || running.add(one);
            });
    return running;
  }
}
