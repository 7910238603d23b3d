package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sync of each table as it was made, and as it is now. Stateless and thread-safe. */
public final class SyncStore {

  /**
   * A sync as it was made.
   *
   * @param everBoth whether it has been two-way at some time: new applications may have written
   * @param fingerprint of its functions and triggers
   */
  public record Made(
      long table, SyncMode mode, boolean everBoth, SyncTriggers triggers, String fingerprint) {}

  /** The names of the triggers that every sync has. */
  public record SyncTriggers(Identifier insert, Identifier update) {

    /** How the names of all triggers of the sync begin, and of no others. */
    String prefix() {
      return insert.value().substring(0, insert.value().lastIndexOf('_') + 1);
    }
  }

  /** Writes down what a step made of a sync; in the step's own transaction. */
  public void record(Connection connection, long rollout, Sync sync) throws SQLException {
    Optional<SyncMode> mode = sync.mode();
    if (mode.isEmpty()) {
      Query.of(
              "DELETE FROM gatefold.sync WHERE rollout_id = ? AND table_oid = ?",
              rollout,
              sync.oid())
          .update(connection);
      return;
    }
    SyncTriggers triggers = new SyncTriggers(sync.insertTrigger(), sync.updateTrigger());
    Query.of(
            """
            INSERT INTO gatefold.sync
              (rollout_id, table_oid, mode, ever_both, insert_trigger, update_trigger, fingerprint)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (rollout_id, table_oid) DO UPDATE
            SET mode = EXCLUDED.mode, ever_both = sync.ever_both OR EXCLUDED.ever_both,
                fingerprint = EXCLUDED.fingerprint, since = EXCLUDED.since""",
            rollout,
            sync.oid(),
            mode.get().name().toLowerCase(Locale.ROOT),
            mode.get() == SyncMode.BOTH,
            triggers.insert().value(),
            triggers.update().value(),
            fingerprint(connection, sync.oid(), triggers))
        .update(connection);
  }

  /** Forgets the syncs of a rollout whose tables were dropped, and drops what they left. */
  public void forget(Connection connection, long rollout) throws SQLException {
    // This rollout's alone: another one's functions may stand without triggers and be made good
    // yet.
    List<String> orphans =
        Query.of(
                """
                SELECT format('DROP FUNCTION gatefold.%I()', p.proname)
                FROM gatefold.sync s
                JOIN pg_proc p ON p.pronamespace = 'gatefold'::regnamespace
                 AND starts_with(p.proname,
                                 regexp_replace(s.insert_trigger, '^~gatefold_(.*_)insert$',
                                                'sync_\\1'))
                WHERE s.rollout_id = ?""",
                rollout)
            .list(connection, row -> row.getString(1));
    Query.of("DELETE FROM gatefold.sync WHERE rollout_id = ?", rollout).update(connection);
    for (String drop : orphans) {
      Query.of(drop).update(connection);
    }
  }

  /** A sync is about to be made anew: what it missed nobody has looked for yet. */
  public void missed(Connection connection, long rollout, long table) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.sync_uncompared (rollout_id, table_oid) VALUES (?, ?)
            ON CONFLICT DO NOTHING""",
            rollout,
            table)
        .update(connection);
  }

  /** Whether nobody has looked since for what a sync missed. */
  public boolean hasMissed(Connection connection, long rollout, long table) throws SQLException {
    return Query.of(
            """
            SELECT EXISTS (
              SELECT FROM gatefold.sync_uncompared WHERE rollout_id = ? AND table_oid = ?)""",
            rollout,
            table)
        .isTrue(connection);
  }

  /** All rows were compared, and both shapes of each are alike. */
  public void missedNothing(Connection connection, long rollout) throws SQLException {
    Query.of("DELETE FROM gatefold.sync_uncompared WHERE rollout_id = ?", rollout)
        .update(connection);
  }

  public List<Made> list(Connection connection, long rollout) throws SQLException {
    return Query.of(
            """
            SELECT table_oid, mode, ever_both, insert_trigger, update_trigger, fingerprint
            FROM gatefold.sync WHERE rollout_id = ? ORDER BY table_oid""",
            rollout)
        .list(
            connection,
            row ->
                new Made(
                    row.getLong(1),
                    SyncMode.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                    row.getBoolean(3),
                    new SyncTriggers(
                        new Identifier(row.getString(4)), new Identifier(row.getString(5))),
                    row.getString(6)));
  }

  public Optional<Made> find(Connection connection, long rollout, long table) throws SQLException {
    return list(connection, rollout).stream().filter(made -> made.table() == table).findFirst();
  }

  /**
   * A hash over all its triggers and their functions as they are now: gone ones change it too.
   * Clones on partitions count where they are not as the triggers that they are clones of, so that
   * a partition may come or go.
   */
  public String fingerprint(Connection connection, long table, SyncTriggers triggers)
      throws SQLException {
    return Query.of(
            """
            SELECT md5(coalesce(string_agg(
                concat_ws('|', t.tgname, t.tgtype, t.tgqual, t.tgenabled, p.pronamespace, p.proname,
                          p.prosrc, p.proconfig, p.prosecdef, (
                    SELECT string_agg(
                        concat_ws('|', d.relid, c.tgtype, c.tgenabled, c.tgfoid), ','
                        ORDER BY d.relid)
                    FROM pg_partition_tree(t.tgrelid::regclass) d
                    LEFT JOIN pg_trigger c ON c.tgrelid = d.relid AND c.tgname = t.tgname
                    WHERE d.level > 0 AND (c.tgtype, c.tgenabled, c.tgfoid)
                      IS DISTINCT FROM (t.tgtype, t.tgenabled, t.tgfoid))),
                ';' ORDER BY t.tgname), '') || coalesce((
                  -- What a feed in their stead is told, of whichever table applications write.
                  SELECT concat_ws('|', b.xmin, b.pubinsert, b.pubupdate,
                                   string_agg(concat_ws(' ', r.prrelid, r.xmin), ','
                                              ORDER BY r.prrelid))
                  FROM pg_publication b LEFT JOIN pg_publication_rel r ON r.prpubid = b.oid
                  WHERE '~' || b.pubname || '_' = ? GROUP BY b.oid, b.xmin), ''))
            FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE t.tgrelid = ?::oid AND starts_with(t.tgname::text, ?)""",
            triggers.prefix(),
            table,
            triggers.prefix())
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /** How a sync stands, beside how it was made. */
  public enum Standing {
    /** As the transaction left it that made it. */
    INTACT,
    /** As it was made, but somebody had changed it meanwhile: writes may have been missed. */
    TOUCHED,
    /** Dropped, disabled or changed. */
    CHANGED
  }

  public Standing standing(Connection connection, long rollout, Made made) throws SQLException {
    if (!fingerprint(connection, made.table(), made.triggers()).equals(made.fingerprint())) {
      return Standing.CHANGED;
    }
    // A feed has none. The record was written by the transaction that made the triggers. Whoever
    // disables one and enables it again leaves it written by another.
    boolean untouched =
        Query.of(
                """
                SELECT coalesce(bool_and(t.xmin = s.xmin AND p.xmin = s.xmin), true)
                FROM gatefold.sync s
                JOIN pg_trigger t ON starts_with(t.tgname::text, ?)
                 AND (t.tgrelid = s.table_oid::oid OR t.tgrelid IN
                      (SELECT relid FROM pg_partition_tree(s.table_oid::regclass)))
                JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE s.rollout_id = ? AND s.table_oid = ?""",
                made.triggers().prefix(),
                rollout,
                made.table())
            .isTrue(connection);
    return untouched ? Standing.INTACT : Standing.TOUCHED;
  }

  /** A hash that tells any two times apart between which somebody changed the sync. */
  public String stamp(Connection connection, Made made) throws SQLException {
    return Query.of(
            """
            SELECT md5(? || coalesce(
                string_agg(concat_ws('|', t.xmin, p.xmin), ';' ORDER BY t.tgname, t.tgrelid), ''))
            FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE starts_with(t.tgname::text, ?)
              AND (t.tgrelid = ?::oid OR t.tgrelid IN
                   (SELECT relid FROM pg_partition_tree(?::oid::regclass)))""",
            fingerprint(connection, made.table(), made.triggers()),
            made.triggers().prefix(),
            made.table(),
            made.table())
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /** Row triggers of others that fire after ours, and could change what ours left. */
  public List<String> after(Connection connection, long table, SyncTriggers triggers)
      throws SQLException {
    return Query.of(
            """
            SELECT DISTINCT tgname FROM pg_trigger
            WHERE tgrelid IN (SELECT ?::oid
                              UNION
                              SELECT relid FROM pg_partition_tree(?::oid::regclass))
              AND NOT tgisinternal
              AND tgtype & 1 = 1 AND tgtype & 2 = 2 AND tgtype & (4 | 16) <> 0
              AND tgname NOT LIKE '~gatefold\\_%'
              AND tgname::text COLLATE "C" > ?
            ORDER BY tgname""",
            table, table, triggers.insert().value())
        .list(connection, row -> row.getString(1));
  }
}
