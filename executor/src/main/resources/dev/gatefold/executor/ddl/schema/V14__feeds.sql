-- A change feed of a table, beside the sync that it does the work of. Whoever reads it has raised the
-- fence: what a reader of before still has in hand is not written any more.
CREATE TABLE gatefold.feed (
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout ON DELETE CASCADE,
  table_oid bigint NOT NULL,
  slot text NOT NULL,
  plan jsonb NOT NULL,
  fence bigint NOT NULL DEFAULT 0,
  reader text,
  read_until timestamptz,
  -- How far it is applied: the commit before the last event's transaction, and the event itself.
  applied_after pg_lsn,
  applied_at pg_lsn,
  -- The last word of ours in the log that it has come by, and when it was said.
  heard pg_lsn,
  heard_said_at timestamptz,
  -- Why its reader had to begin anew, until it has got on again.
  trouble text,
  -- Why its slot was dropped before its time.
  given_up text,
  -- Publication and slot are being made anew: until both are there nobody may read it.
  in_repair boolean NOT NULL DEFAULT false,
  PRIMARY KEY (rollout_id, table_oid)
);

-- Rows in which the shape that follows has no value, because it cannot hold any or has no room for
-- it yet.
CREATE TABLE gatefold.feed_pending (
  rollout_id bigint NOT NULL,
  table_oid bigint NOT NULL,
  key text[] NOT NULL,
  reason text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (rollout_id, table_oid, key),
  FOREIGN KEY (rollout_id, table_oid) REFERENCES gatefold.feed ON DELETE CASCADE
);

-- A two-way sync that was made anew, whose rows nobody has compared since and found right: what it
-- missed is in them. Beside the sync, whose row tells by which transaction the sync was made.
CREATE TABLE gatefold.sync_uncompared (
  rollout_id bigint NOT NULL,
  table_oid bigint NOT NULL,
  PRIMARY KEY (rollout_id, table_oid),
  FOREIGN KEY (rollout_id, table_oid) REFERENCES gatefold.sync ON DELETE CASCADE
);

CREATE OR REPLACE FUNCTION gatefold.wants_direct_ddl(change_name text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
-- Who runs a migration need not be able to read the tables.
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- The order of the states of a rollout on its way forward.
  way CONSTANT text[] := ARRAY['planned', 'expanding', 'expanded', 'backfilling', 'backfilled',
    'retiring', 'retired', 'dropping', 'completed'];
  rollout record;
  stands text;
  serves_from text;
BEGIN
  SELECT r.state, r.undo_to, r.failed_step,
         r.plan @? '$.stages[*].steps[*].sync.feed' AS fed,
         ARRAY(SELECT s.stage ->> 'name'
               FROM jsonb_array_elements(r.plan -> 'stages') WITH ORDINALITY AS s (stage, nth)
               ORDER BY s.nth) AS stages
  INTO rollout FROM gatefold.rollout r WHERE r.change = change_name;

  IF NOT FOUND OR rollout.state = 'rolled_back' THEN
    IF current_setting('gatefold.direct', true) = change_name THEN
      RETURN true;
    END IF;
    RAISE EXCEPTION 'Gatefold % change % in this database: its direct DDL could stop applications',
      CASE WHEN rollout.state IS NULL THEN 'does not know the' ELSE 'took back the' END, change_name
      USING ERRCODE = 'object_not_in_prerequisite_state',
        HINT = format('Submit the change here and promote its stages; then the migration passes and'
          ' changes nothing. Where no application is running, let the direct DDL run: SET gatefold.direct'
          ' = %L, or options=-c%%20gatefold.direct=%s in the URL.', change_name, change_name);
  END IF;

  -- Both shapes are served once what comes before the contract is done; where nothing does, at once. Of
  -- two that follow each other one is served at a time.
  serves_from := CASE
    WHEN rollout.fed THEN 'retired'
    WHEN 'backfill' = ANY (rollout.stages) THEN 'backfilled'
    WHEN 'expand' = ANY (rollout.stages) THEN 'expanded'
    ELSE 'planned' END;
  stands := CASE WHEN rollout.state = 'rolling_back' THEN rollout.undo_to ELSE rollout.state END;
  IF array_position(way, stands) >= array_position(way, serves_from) THEN
    RETURN false;
  END IF;
  RAISE EXCEPTION 'Gatefold does not serve the new shape of change % in this database yet: it is %',
    change_name,
    rollout.state || CASE WHEN rollout.failed_step IS NULL THEN '' ELSE ', and stopped' END
    USING ERRCODE = 'object_not_in_prerequisite_state',
      HINT = format('Promote it until it is %s (gatefold status %s); then the migration passes and changes'
        ' nothing.',
        CASE WHEN rollout.stages[cardinality(rollout.stages)] IN ('expand', 'backfill')
             THEN 'completed' ELSE serves_from END,
        change_name);
END
$$;
