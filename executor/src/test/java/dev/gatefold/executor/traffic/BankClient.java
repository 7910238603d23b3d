package dev.gatefold.executor.traffic;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One client that runs TPC-B transactions. */
record BankClient(int scale, SplittableRandom random) implements Crew.Client {

  static List<BankClient> several(int clients, int scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> new BankClient(scale, random.split())).limit(clients).toList();
  }

  @Override
  public void round(Statement statement, long number) throws SQLException {
    statement.execute(transaction());
  }

  private String transaction() {
    int account = 1 + random.nextInt(scale * BankTables.ACCOUNTS);
    int teller = 1 + random.nextInt(scale * 10);
    int branch = 1 + random.nextInt(scale);
    int delta = random.nextInt(-5000, 5001);
    return """
        BEGIN;
        UPDATE pgbench_accounts SET abalance = abalance + %1$d WHERE aid = %2$d;
        SELECT abalance FROM pgbench_accounts WHERE aid = %2$d;
        UPDATE pgbench_tellers SET tbalance = tbalance + %1$d WHERE tid = %3$d;
        UPDATE pgbench_branches SET bbalance = bbalance + %1$d WHERE bid = %4$d;
        INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)
        VALUES (%3$d, %4$d, %2$d, %1$d, CURRENT_TIMESTAMP);
        COMMIT"""
        .formatted(delta, account, teller, branch);
  }
}
