package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Load;
import dev.gatefold.planner.schema.Load.Traffic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads how large a table is and how much it is used. */
public final class LoadCatalog {

  // Where the server does not say since when it counts, the time since it started makes the
  // traffic look heavier than it is rather than lighter. OFFSET 0: the server expects a thousand
  // partitions and would read all of pg_class for each table.
  private static final String OF =
      """
      SELECT coalesce(sum(pg_total_relation_size(p.oid)), 0)::bigint AS bytes,
             coalesce(sum(pg_stat_get_tuples_inserted(p.oid) + pg_stat_get_tuples_updated(p.oid)
                          + pg_stat_get_tuples_deleted(p.oid)), 0)::bigint AS written,
             coalesce(sum(pg_stat_get_numscans(p.oid)
                          + (SELECT coalesce(sum(pg_stat_get_numscans(i.indexrelid)), 0)
                             FROM pg_index i WHERE i.indrelid = p.oid)), 0)::bigint AS scans,
             (SELECT extract(epoch FROM now() - coalesce(d.stats_reset, pg_postmaster_start_time()))
              FROM pg_stat_database d WHERE d.datname = current_database())::bigint AS seconds,
             current_setting('track_counts')::boolean AS counted
      FROM (SELECT %1$s AS oid UNION SELECT relid FROM pg_partition_tree(%1$s::regclass)) t
      CROSS JOIN LATERAL (
        SELECT r.oid FROM pg_class r WHERE r.oid = t.oid AND r.relkind IN ('r', 'm') OFFSET 0) p
      """;

  private final Session session;

  LoadCatalog(Session session) {
    this.session = session;
  }

  /**
   * A query that answers with one row of bytes, written, scans, seconds and counted.
   *
   * @param oid an expression, which stands in it twice
   */
  public static String of(String oid) {
    return OF.formatted(oid);
  }

  Load read(long table) throws SQLException {
    return session.one(LoadCatalog::load, of("?::oid"), table, table);
  }

  /** Of such a row. */
  public static Load load(ResultSet row) throws SQLException {
    return new Load(
        row.getLong("bytes"),
        row.getBoolean("counted")
            ? Optional.of(
                new Traffic(
                    row.getLong("written"),
                    row.getLong("scans"),
                    Math.max(0, row.getLong("seconds"))))
            : Optional.empty());
  }
}
