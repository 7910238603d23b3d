package dev.gatefold.executor.traffic;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client that runs TPC-B transactions until it is stopped; the first error ends it. */
final class BankClient implements Callable<Long> {

  private final String url;
  private final int scale;
  private final SplittableRandom random;
  private final AtomicBoolean stopped;

  BankClient(String url, int scale, SplittableRandom random, AtomicBoolean stopped) {
    this.url = url;
    this.scale = scale;
    this.random = random;
    this.stopped = stopped;
  }

  /** Answers how many transactions it committed. */
  @Override
  public Long call() throws SQLException {
    // Statements go as text, each planned anew: the plan names what prepared ones would meet.
    try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple")) {
      connection.setAutoCommit(false);
      long committed = 0;
      while (!stopped.get()) {
        transaction(connection);
        committed++;
      }
      return committed;
    }
  }

  private void transaction(Connection connection) throws SQLException {
    int account = 1 + random.nextInt(scale * BankTables.ACCOUNTS);
    int teller = 1 + random.nextInt(scale * 10);
    int branch = 1 + random.nextInt(scale);
    int delta = random.nextInt(-5000, 5001);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          UPDATE pgbench_accounts SET abalance = abalance + %1$d WHERE aid = %2$d;
          SELECT abalance FROM pgbench_accounts WHERE aid = %2$d;
          UPDATE pgbench_tellers SET tbalance = tbalance + %1$d WHERE tid = %3$d;
          UPDATE pgbench_branches SET bbalance = bbalance + %1$d WHERE bid = %4$d;
          INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)
          VALUES (%3$d, %4$d, %2$d, %1$d, CURRENT_TIMESTAMP)"""
              .formatted(delta, account, teller, branch));
    }
    connection.commit();
  }
}
