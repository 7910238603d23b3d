package dev.gatefold.executor.database;

/** How sessions of others are named wherever one is in the way. */
public final class SessionWords {

  /**
   * SQL over a row {@code a} of pg_stat_activity: process, user, application, state and age of its
   * transaction. What a role without pg_read_all_stats sees of another user's session is its name.
   */
  public static final String OF_A =
      """
      format('session %s of %s (%s, %s)', a.pid, coalesce(a.usename, a.backend_type),
        coalesce(nullif(a.application_name, ''), 'no name'),
        coalesce(a.state || coalesce(
                   ' for ' || date_trunc('second', clock_timestamp() - a.xact_start), ''),
                 'what it does is hidden: grant pg_read_all_stats'))""";

  private SessionWords() {}
}
