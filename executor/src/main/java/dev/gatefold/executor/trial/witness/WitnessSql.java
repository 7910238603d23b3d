package dev.gatefold.executor.trial.witness;

/** What the witness makes in the database that it looks at; nothing of it is for production. */
final class WitnessSql {

  /**
   * A command's locks are held until its transaction ends, so its end is the moment to look; that
   * also goes for the record of a step and of a batch, which is written last. What CONCURRENTLY
   * held while it worked it has let go by then: see {@link Bystander}.
   *
   * <p>The statistics of a transaction may count earlier ones too, which the server has not
   * reported yet; so they are read at the begin of a command as well.
   */
  static final String INSTALL =
      """
      CREATE SCHEMA gatefold_trial;
      CREATE UNLOGGED TABLE gatefold_trial.known (
        relation oid PRIMARY KEY, schema text NOT NULL, name text NOT NULL, kind text NOT NULL,
        owners text[] NOT NULL, file oid);
      CREATE UNLOGGED TABLE gatefold_trial.held (relation oid NOT NULL, mode text NOT NULL);
      CREATE UNLOGGED TABLE gatefold_trial.scanned (relation oid NOT NULL);

      CREATE FUNCTION gatefold_trial.scans() RETURNS jsonb LANGUAGE sql
      SET search_path TO pg_catalog, pg_temp AS $$
        SELECT coalesce(jsonb_object_agg(k.relation, pg_stat_get_xact_numscans(k.relation)), '{}')
        FROM gatefold_trial.known k
        WHERE k.kind IN ('r', 'm') AND pg_stat_get_xact_numscans(k.relation) > 0
          -- A table without a page is read in no time.
          AND pg_relation_size(k.relation) > 0 $$;

      CREATE FUNCTION gatefold_trial.look_at_locks() RETURNS void LANGUAGE sql
      SET search_path TO pg_catalog, pg_temp AS $$
        INSERT INTO gatefold_trial.held
        SELECT DISTINCT l.relation, l.mode
        FROM pg_locks l JOIN gatefold_trial.known k USING (relation)
        WHERE l.pid = pg_backend_pid() AND l.granted AND l.locktype = 'relation'
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) $$;

      CREATE FUNCTION gatefold_trial.begins() RETURNS event_trigger LANGUAGE plpgsql
      SET search_path TO pg_catalog, pg_temp AS $$
      BEGIN
        PERFORM set_config('gatefold_trial.scans', gatefold_trial.scans()::text, false);
      END $$;

      CREATE FUNCTION gatefold_trial.ends() RETURNS event_trigger LANGUAGE plpgsql
      SET search_path TO pg_catalog, pg_temp AS $$
      DECLARE
        before jsonb := nullif(current_setting('gatefold_trial.scans', true), '');
      BEGIN
        PERFORM gatefold_trial.look_at_locks();
        INSERT INTO gatefold_trial.scanned
        SELECT now.key::oid FROM jsonb_each_text(gatefold_trial.scans()) AS now
        WHERE now.value::bigint > coalesce((before ->> now.key)::bigint, 0);
      END $$;

      CREATE FUNCTION gatefold_trial.records() RETURNS trigger LANGUAGE plpgsql
      SET search_path TO pg_catalog, pg_temp AS $$
      BEGIN
        PERFORM gatefold_trial.look_at_locks();
        RETURN NULL;
      END $$;

      -- ALWAYS: the backfill works as a replica, so that nobody's triggers fire.
      CREATE EVENT TRIGGER gatefold_trial_begins ON ddl_command_start
        EXECUTE FUNCTION gatefold_trial.begins();
      CREATE EVENT TRIGGER gatefold_trial_ends ON ddl_command_end
        EXECUTE FUNCTION gatefold_trial.ends();
      ALTER EVENT TRIGGER gatefold_trial_begins ENABLE ALWAYS;
      ALTER EVENT TRIGGER gatefold_trial_ends ENABLE ALWAYS;
      CREATE TRIGGER gatefold_trial AFTER INSERT OR UPDATE ON gatefold.step_done
        FOR EACH STATEMENT EXECUTE FUNCTION gatefold_trial.records();
      CREATE TRIGGER gatefold_trial AFTER UPDATE OR DELETE ON gatefold.backfill_range
        FOR EACH STATEMENT EXECUTE FUNCTION gatefold_trial.records();
      ALTER TABLE gatefold.step_done ENABLE ALWAYS TRIGGER gatefold_trial;
      ALTER TABLE gatefold.backfill_range ENABLE ALWAYS TRIGGER gatefold_trial;
      -- What a worker scans, the leader does not know of.
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET max_parallel_maintenance_workers = 0',
                       current_database());
      END $$;
      """;

  static final String REMOVE =
      """
      DROP EVENT TRIGGER gatefold_trial_begins;
      DROP EVENT TRIGGER gatefold_trial_ends;
      DROP TRIGGER gatefold_trial ON gatefold.step_done;
      DROP TRIGGER gatefold_trial ON gatefold.backfill_range;
      DROP SCHEMA gatefold_trial CASCADE;
      """;

  /** All relations that others may use by now, and by whose names a lock may be declared. */
  static final String KNOW =
      """
      DELETE FROM gatefold_trial.known;
      TRUNCATE gatefold_trial.held, gatefold_trial.scanned;
      WITH RECURSIVE part (relation, whole) AS (
        SELECT indexrelid, indrelid FROM pg_index
        UNION ALL
        SELECT reltoastrelid, oid FROM pg_class WHERE reltoastrelid <> 0
        UNION ALL
        SELECT inhrelid, inhparent FROM pg_inherits
        UNION ALL
        SELECT objid, refobjid FROM pg_depend
        WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
          AND deptype IN ('a', 'i') AND refobjsubid <> 0
          AND objid IN (SELECT oid FROM pg_class WHERE relkind = 'S')),
      relation AS (
        SELECT c.oid, n.nspname, c.relname, c.relkind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid >= 16384 AND c.relpersistence <> 't'
          AND n.nspname NOT IN ('information_schema', 'gatefold', 'gatefold_trial')),
      owner (relation, whole) AS (
        SELECT oid, oid FROM relation
        UNION
        SELECT o.relation, p.whole FROM owner o JOIN part p ON p.relation = o.whole)
      INSERT INTO gatefold_trial.known
      SELECT r.oid, r.nspname, r.relname, r.relkind,
             ARRAY(SELECT '"' || replace(w.nspname, '"', '""') || '"."'
                          || replace(w.relname, '"', '""') || '"'
                   FROM owner o JOIN relation w ON w.oid = o.whole WHERE o.relation = r.oid),
             pg_relation_filenode(r.oid)
      FROM relation r;
      ANALYZE gatefold_trial.known;
      """;

  static final String KNOWN =
      "SELECT relation, schema, name, kind, owners FROM gatefold_trial.known";

  static final String HELD = "SELECT DISTINCT relation, mode FROM gatefold_trial.held";

  static final String SCANNED = "SELECT DISTINCT relation FROM gatefold_trial.scanned";

  static final String REWRITTEN =
      """
      SELECT k.relation FROM gatefold_trial.known k JOIN pg_class c ON c.oid = k.relation
      WHERE pg_relation_filenode(c.oid) IS DISTINCT FROM k.file
        -- One without a row is written in no time, and so are its indexes.
        AND pg_relation_size(
          coalesce((SELECT x.indrelid FROM pg_index x WHERE x.indexrelid = c.oid), c.oid)) > 0\
      """;

  static final String GONE =
      """
      SELECT relation FROM gatefold_trial.known
      WHERE relation NOT IN (SELECT oid FROM pg_class)\
      """;

  private WitnessSql() {}
}
