package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * Whether the archive keeps up: the server keeps every file of log until it is archived, and stops
 * when its disk is full. It is told from the last file archived, which everybody may see, and not
 * from the files that are ready, for which one needs a right.
 */
final class ArchiveBacklog implements Signal {

  /** What GitLab holds its background migrations at: 42 files, 672 MB of the usual size. */
  static final long DEFAULT = 42;

  private static final BoundStatement ARCHIVE =
      BoundStatement.of(
          """
          SELECT current_setting('archive_mode') <> 'off' AS archiving,
                 pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS written,
                 pg_size_bytes(current_setting('wal_segment_size')) AS size,
                 ('x' || substr(f.name, 9, 8))::bit(32)::bigint AS high,
                 ('x' || substr(f.name, 17, 8))::bit(32)::bigint AS low,
                 coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false)
                   AS failing,
                 a.last_failed_wal AS failed
          FROM pg_stat_archiver a,
               LATERAL (SELECT substring(a.last_archived_wal FROM '^[0-9A-F]{24}') AS name) f""");

  private final long limit;
  private final Hysteresis hysteresis = new Hysteresis();
  private OptionalLong begun = OptionalLong.empty();

  /** {@code limit} is a number of files. */
  ArchiveBacklog(long limit) {
    this.limit = limit;
  }

  @Override
  public SignalName name() {
    return SignalName.ARCHIVE_BACKLOG;
  }

  @Override
  public boolean movesSlowly() {
    return true;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return ARCHIVE.query(connection, rows -> pressure(Rows.one(rows)));
  }

  private Pressure pressure(ResultSet row) throws SQLException {
    if (!row.getBoolean("archiving")) {
      return Pressure.NONE;
    }
    long files = waiting(row);
    boolean tooMany = hysteresis.passed((double) files / limit);
    if (row.getBoolean("failing")) {
      return Pressure.hold(
          "archiving the log fails at file %s, %d files wait: mend archive_command"
              .formatted(row.getString("failed"), files));
    }
    return tooMany
        ? Pressure.hold(
            "%d files of log wait to be archived; at most %d are allowed".formatted(files, limit))
        : Pressure.NONE;
  }

  /** Files that are full and come after the last one archived. */
  private long waiting(ResultSet row) throws SQLException {
    long written = row.getLong("written");
    long size = row.getLong("size");
    if (begun.isEmpty()) {
      begun = OptionalLong.of(written - written % size);
    }
    long high = row.getLong("high");
    // None was archived since the statistics were reset: what is written from now on counts.
    long archived =
        row.wasNull() ? begun.getAsLong() : (high << 32) + (row.getLong("low") + 1) * size;
    return Math.max(0, written - archived) / size;
  }
}
