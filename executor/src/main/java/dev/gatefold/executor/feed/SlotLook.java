package dev.gatefold.executor.feed;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A replication slot as the server has it.
 *
 * @param reader the process that sends the log to whoever reads it now
 * @param confirmed how far its reader has kept what it was told, in bytes since the beginning of
 *     all log
 * @param lost whether the server has given up what it was to keep
 */
record SlotLook(OptionalLong reader, long confirmed, boolean lost) {

  /** Empty where there is no such slot; one that is still being made is none yet. */
  static Optional<SlotLook> at(Connection connection, String slot) throws SQLException {
    return Query.of(
            """
            SELECT a.pid, (s.confirmed_flush_lsn - '0/0'::pg_lsn)::bigint,
                   coalesce(s.wal_status = 'lost', false)
            FROM pg_replication_slots s
            LEFT JOIN pg_stat_activity a
              ON a.pid = s.active_pid AND a.backend_type = 'walsender'
            WHERE s.slot_name = ? AND s.database = current_database()
              AND s.confirmed_flush_lsn IS NOT NULL""",
            slot)
        .first(
            connection,
            row -> {
              long pid = row.getLong(1);
              return new SlotLook(
                  row.wasNull() ? OptionalLong.empty() : OptionalLong.of(pid),
                  row.getLong(2),
                  row.getBoolean(3));
            });
  }

  /** Ends whoever reads it: a reader that lost its right to may hang on to it for long. */
  void free(Connection connection) throws SQLException {
    if (reader.isPresent()) {
      Query.of("SELECT pg_terminate_backend(?::int, 10000)", reader.getAsLong()).isTrue(connection);
    }
  }
}
