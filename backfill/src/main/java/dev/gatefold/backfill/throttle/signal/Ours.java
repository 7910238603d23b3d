package dev.gatefold.backfill.throttle.signal;

/**
 * How sessions of ours are told from those of others, also where other machines have opened them.
 */
final class Ours {

  /**
   * SQL over a row {@code a} of pg_stat_activity: it is of the same user and has the same name as
   * this session. Everybody sees both.
   */
  static final String A =
      """
      (a.application_name = current_setting('application_name')
        AND a.usename = session_user)""";

  /**
   * SQL for the OIDs of a table, whose own is bound as text, and of all its partitions. It locks
   * none of them, which pg_partition_tree() does: a look must not wait in the queue that it counts.
   */
  static final String TABLES =
      """
      WITH RECURSIVE tree (id) AS (
        SELECT ?::bigint::oid
        UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.id)
      SELECT id FROM tree""";

  private Ours() {}
}
