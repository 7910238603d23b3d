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

  /** SQL for the OIDs of tables whose quoted names are bound, and of all their partitions. */
  public static final String OIDS_OF_TABLES =
      """
      SELECT coalesce(t.relid, to_regclass(n))::oid
      FROM unnest(?) n LEFT JOIN pg_partition_tree(to_regclass(n)) t ON true""";

  private SessionWords() {}
}
