package dev.gatefold.executor.feed;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A replication slot or a publication with a name of ours that no rollout of this database knows:
 * the schema {@code gatefold} was dropped, or restored from before.
 *
 * @param kind in words
 * @param statement that drops it
 */
public record FeedOrphan(String kind, String name, String statement) {

  /** All of this database. */
  public static List<FeedOrphan> list(Connection connection) throws SQLException {
    boolean known = Query.of("SELECT to_regclass('gatefold.feed') IS NOT NULL").isTrue(connection);
    String feeds = known ? "gatefold.feed" : "(SELECT NULL::text AS slot, NULL::jsonb AS plan)";
    return Query.of(
            """
            SELECT 'replication slot' AS kind, s.slot_name::text AS name,
                   format('DO $gatefold$ BEGIN PERFORM pg_drop_replication_slot(%%L); END $gatefold$',
                          s.slot_name) AS drop
            FROM pg_replication_slots s JOIN pg_database d ON d.datname = s.database
            -- One that is read is somebody's.
            WHERE s.database = current_database() AND NOT s.active
              AND s.slot_name ~ ('^gatefold_[0-9a-f]{12}_' || d.oid || '$')
              AND NOT EXISTS (SELECT FROM %1$s f WHERE f.slot = s.slot_name)
            UNION ALL
            SELECT 'publication', p.pubname::text, format('DROP PUBLICATION IF EXISTS %%I', p.pubname)
            FROM pg_publication p
            WHERE p.pubname ~ '^gatefold_[0-9a-f]{12}$'
              AND NOT EXISTS (SELECT FROM %1$s f
                              WHERE f.plan #>> '{publication}' = p.pubname)
            ORDER BY 1, 2"""
                .formatted(feeds))
        .list(
            connection,
            row ->
                new FeedOrphan(
                    row.getString("kind"), row.getString("name"), row.getString("drop")));
  }

  public void drop(Connection connection) throws SQLException {
    Query.of(statement).update(connection);
  }
}
