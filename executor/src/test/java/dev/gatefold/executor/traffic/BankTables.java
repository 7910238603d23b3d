package dev.gatefold.executor.traffic;

/** The tables of TPC-B, with the names that pgbench gives them. */
final class BankTables {

  /** Rows of pgbench_accounts for one unit of scale. */
  static final int ACCOUNTS = 100_000;

  /**
   * Both changes at once: a type under a kept name, and a name. The clients take all that the
   * server has, and would have the backfill wait for as long as they are there.
   */
  static final String CHANGE =
      """
      change: accounts
      operations:
        - alter_column: {table: pgbench_accounts, column: abalance, type: bigint}
        - rename_column: {table: pgbench_accounts, column: filler, to: padding}
      backfill: {ignore_signals: [active_sessions]}
      """;

  /** TPC-B's own consistency rule: whatever was added to one was added to all. */
  static final String SUMS =
      """
      SELECT (SELECT sum(abalance) FROM pgbench_accounts) - d,
             (SELECT sum(tbalance) FROM pgbench_tellers) - d,
             (SELECT sum(bbalance) FROM pgbench_branches) - d
      FROM (SELECT coalesce(sum(delta), 0) AS d FROM pgbench_history) h""";

  static final String COLUMNS =
      """
      SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = 'pgbench_accounts'::regclass AND attnum > 0 AND NOT attisdropped
      ORDER BY attname""";

  private BankTables() {}

  static String create(int scale) {
    return """
    CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84));
    CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88));
    CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84));
    INSERT INTO pgbench_branches SELECT i, 0 FROM generate_series(1, %1$d) i;
    INSERT INTO pgbench_tellers SELECT i, (i - 1) / 10 + 1, 0 FROM generate_series(1, %1$d * 10) i;
    INSERT INTO pgbench_accounts
    SELECT i, (i - 1) / %2$d + 1, 0, 'x' FROM generate_series(1, %1$d * %2$d) i;
    ANALYZE;
    """
        .formatted(scale, ACCOUNTS);
  }
}
