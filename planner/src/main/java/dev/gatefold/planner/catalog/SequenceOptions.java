package dev.gatefold.planner.catalog;

import java.sql.SQLException;

/** Prints how a sequence counts, without where it stands. */
final class SequenceOptions {

  private static final String OPTIONS =
      """
      SELECT concat_ws(' ',
               'START WITH ' || s.seqstart,
               'INCREMENT BY ' || s.seqincrement,
               CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE bounds.low END
                    THEN 'MINVALUE ' || s.seqmin END,
               CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN bounds.high ELSE -1 END
                    THEN 'MAXVALUE ' || s.seqmax END,
               'CACHE ' || s.seqcache,
               CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
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

  private final Session session;

  SequenceOptions(Session session) {
    this.session = session;
  }

  /** The options as SQL; bounds that are those of the sequence's type are left out. */
  String read(String sequence) throws SQLException {
    return session.one(row -> row.getString(1), OPTIONS, sequence);
  }
}
