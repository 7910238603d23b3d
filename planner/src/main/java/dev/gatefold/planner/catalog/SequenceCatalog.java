package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.SequenceOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads how a sequence counts, without where it stands. */
final class SequenceCatalog {

  private static final String OPTIONS =
      """
      SELECT s.seqstart, s.seqincrement, s.seqcache, s.seqcycle,
             CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE bounds.low END
                  THEN s.seqmin END AS seqmin,
             CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN bounds.high ELSE -1 END
                  THEN s.seqmax END AS seqmax
      FROM pg_sequence s
      CROSS JOIN LATERAL (
        SELECT CASE s.seqtypid WHEN 'int2'::regtype THEN 32767
                               WHEN 'int4'::regtype THEN 2147483647
                               ELSE 9223372036854775807 END,
               CASE s.seqtypid WHEN 'int2'::regtype THEN -32768
                               WHEN 'int4'::regtype THEN -2147483648
                               ELSE -9223372036854775808 END
      ) AS bounds (high, low)
      WHERE s.seqrelid = ?::regclass
      """;

  private static final String TYPE =
      "SELECT format_type(seqtypid, -1) FROM pg_sequence WHERE seqrelid = ?::regclass";

  private final Session session;

  SequenceCatalog(Session session) {
    this.session = session;
  }

  /** Bounds that are those of the sequence's type are left out. */
  SequenceOptions read(String sequence) throws SQLException {
    return session.one(SequenceCatalog::options, OPTIONS, sequence);
  }

  String type(String sequence) throws SQLException {
    return session.one(row -> row.getString(1), TYPE, sequence);
  }

  private static SequenceOptions options(ResultSet row) throws SQLException {
    return new SequenceOptions(
        Optional.of(row.getLong("seqstart")),
        Optional.of(row.getLong("seqincrement")),
        bound(row, "seqmin"),
        bound(row, "seqmax"),
        Optional.of(row.getLong("seqcache")),
        Optional.of(row.getBoolean("seqcycle")));
  }

  private static Optional<Long> bound(ResultSet row, String column) throws SQLException {
    long bound = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(bound);
  }
}
