package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * How much log replication slots keep, the users' own change feeds among them. A slot that nobody
 * reads fills the disk, and one that falls back too far is lost with what its reader has not seen.
 */
final class SlotLag implements Signal {

  private static final BoundStatement SLOTS =
      BoundStatement.of(
          """
          SELECT slot_name, active, wal_status = 'unreserved' AS giving,
                 pg_wal_lsn_diff(pg_current_wal_insert_lsn(), restart_lsn)::bigint AS kept,
                 CASE WHEN current_setting('max_slot_wal_keep_size') <> '-1'
                      THEN pg_size_bytes(current_setting('max_slot_wal_keep_size')) END AS keep
          FROM pg_replication_slots
          -- What one has lost already nobody can save.
          WHERE restart_lsn IS NOT NULL AND wal_status IS DISTINCT FROM 'lost'
          ORDER BY 1""");

  private final long limit;
  private Map<String, Hysteresis> slots = new HashMap<>();

  /** {@code limit} is in bytes. */
  SlotLag(long limit) {
    this.limit = limit;
  }

  @Override
  public SignalName name() {
    return SignalName.SLOT_LAG;
  }

  @Override
  public boolean movesSlowly() {
    return true;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return SLOTS.query(connection, this::fold);
  }

  private Pressure fold(ResultSet rows) throws SQLException {
    Pressure pressure = Pressure.NONE;
    Map<String, Hysteresis> present = new HashMap<>();
    while (rows.next()) {
      String slot = rows.getString("slot_name");
      Hysteresis hysteresis = slots.getOrDefault(slot, new Hysteresis());
      present.put(slot, hysteresis);
      pressure = pressure.and(look(slot, hysteresis, rows));
    }
    slots = present;
    return pressure;
  }

  private Pressure look(String slot, Hysteresis hysteresis, ResultSet row) throws SQLException {
    long kept = row.getLong("kept");
    long keep = row.getLong("keep");
    // The server drops what is older than that at the next checkpoint: half of it is for readers.
    long allowed = row.wasNull() ? limit : Math.max(1, Math.min(limit, keep / 2));
    double ratio = row.getBoolean("giving") ? Double.MAX_VALUE : (double) kept / allowed;
    return hysteresis.passed(ratio)
        ? Pressure.hold(
            "replication slot %s keeps %s of log%s; at most %s are allowed"
                .formatted(
                    slot,
                    Figures.bytes(kept),
                    row.getBoolean("active") ? "" : " and is not read by anybody",
                    Figures.bytes(allowed)))
        : Pressure.NONE;
  }
}
