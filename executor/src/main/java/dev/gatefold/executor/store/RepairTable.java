package dev.gatefold.executor.store;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.verify.Repair;
import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.backfill.verify.Tally;
import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The record of one repair of a table: a line for each batch. Not thread-safe. */
public final class RepairTable implements Repair.Log {

  private final long rollout;
  private final long table;
  private final Side from;
  private final List<Key> first = new ArrayList<>();
  private long rows;

  public RepairTable(long rollout, long table, Side from) {
    this.rollout = rollout;
    this.table = table;
    this.from = from;
  }

  @Override
  public void repaired(Connection connection, List<Key> keys) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.repair (rollout_id, table_oid, side, keys)
            VALUES (?, ?, ?, ?)""",
            rollout,
            table,
            from.name().toLowerCase(Locale.ROOT),
            keys.stream().map(Key::toString).toList())
        .update(connection);
    rows += keys.size();
    keys.stream().limit(Tally.LISTED - first.size()).forEach(first::add);
  }

  /** How many rows were written. */
  public long rows() {
    return rows;
  }

  /** The first of them. */
  public List<Key> first() {
    return List.copyOf(first);
  }
}
