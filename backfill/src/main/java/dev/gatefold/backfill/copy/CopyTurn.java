package dev.gatefold.backfill.copy;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.TableCopy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who may write copies: batches together, or alone whoever follows changes. In between, a batch
 * might bring a row back that was deleted after it had read it, and behind whoever follows. Where
 * several follow, each has a lane, and the rows whose keys belong to it, for himself.
 *
 * <p>Locks of the transaction, taken in the order in which they were asked for: neither side
 * starves. Applications take none of them.
 */
public final class CopyTurn {

  /**
   * The first key of the lock of the first lane: "copy" in ASCII. The second is the table's OID.
   */
  private static final int LOCK_CLASS = 0x636f7079;

  /**
   * Longer than batches take, and than the server lets an autovacuum go on that is in the way: no
   * application waits for whoever waits here.
   */
  private static final String PATIENCE = "2s";

  private CopyTurn() {}

  /** Of a batch. */
  public static BoundStatement together(RowMapping rows) {
    return all("pg_advisory_xact_lock_shared", rows);
  }

  /** Of whoever follows all, or mends. */
  public static BoundStatement alone(RowMapping rows) {
    return all("pg_advisory_xact_lock", rows);
  }

  /** Of whoever follows those of one lane. */
  public static BoundStatement alone(RowMapping rows, int lane) {
    return BoundStatement.of("SELECT " + lock("pg_advisory_xact_lock", rows, lane));
  }

  /** Waits longer than usual; {@code lockTimeout} is the one that holds from then on. */
  public static BoundStatement patiently(BoundStatement statement, String lockTimeout) {
    return lockTimeout(PATIENCE).then(statement).then(lockTimeout(lockTimeout));
  }

  /** In the order of the lanes: two that want several would wait for each other otherwise. */
  private static BoundStatement all(String function, RowMapping rows) {
    int lanes = rows.copy().map(TableCopy::lanes).orElse(1);
    return BoundStatement.of(
        IntStream.range(0, lanes)
            .mapToObj(lane -> lock(function, rows, lane))
            .collect(Collectors.joining(", ", "SELECT ", "")));
  }

  private static String lock(String function, RowMapping rows, int lane) {
    return "pg_catalog.%s(%d, %d)".formatted(function, LOCK_CLASS + lane, (int) rows.oid());
  }

  private static BoundStatement lockTimeout(String time) {
    return BoundStatement.of(
        "SELECT pg_catalog.set_config('lock_timeout', ?, true)", List.of(time));
  }
}
