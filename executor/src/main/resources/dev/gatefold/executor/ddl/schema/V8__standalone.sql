-- Backfills without a change, by name; the file is the one that was given last.
CREATE TABLE gatefold.standalone (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name     text NOT NULL UNIQUE,
  table_name text NOT NULL,
  file     text NOT NULL,
  -- Five fields of cron and a time zone; empty where nothing begins by itself.
  schedule text,
  actor    text NOT NULL DEFAULT session_user,
  at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Each run of one. Whoever works on it holds an advisory lock on its number.
CREATE TABLE gatefold.standalone_run (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  standalone_id bigint NOT NULL REFERENCES gatefold.standalone,
  -- The moment of the schedule; empty where somebody asked for it.
  due_at   timestamptz,
  file     text NOT NULL,
  -- Whether a worker may take it: one in the foreground is gone on with by its own command.
  detached boolean NOT NULL,
  state    text NOT NULL
    CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'skipped')),
  actor    text NOT NULL DEFAULT session_user,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  plan     jsonb,
  fence    bigint NOT NULL DEFAULT 0,
  token    uuid,
  taken_by text,
  begun_at timestamptz,
  -- Set while it runs, it ends after the batch.
  cancelled_by text,
  ended_at timestamptz,
  outcome  text,
  rows_total bigint NOT NULL DEFAULT 0,
  rows_done  bigint NOT NULL DEFAULT 0,
  -- One moment is one run, whoever notices it, and however often.
  UNIQUE (standalone_id, due_at),
  CHECK ((ended_at IS NULL) = (state IN ('waiting', 'running')))
);
-- No run meets another of the same backfill, and of several that would wait one does.
CREATE UNIQUE INDEX standalone_run_open ON gatefold.standalone_run (standalone_id, state)
  WHERE ended_at IS NULL;

ALTER TABLE gatefold.backfill ADD FOREIGN KEY (run_id) REFERENCES gatefold.standalone_run;

-- Whether a batch of a run may be written, in the transaction of the batch: an error takes its rows
-- back. Whoever runs it names its fence and token; who helps has none.
CREATE FUNCTION gatefold.hold_run(p_run bigint, p_fence bigint, p_token uuid)
RETURNS void LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
  run record;
BEGIN
  SELECT fence, token, cancelled_by, state INTO run
  FROM gatefold.standalone_run WHERE id = p_run FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the run is gone' USING ERRCODE = 'GF103';
  END IF;
  IF run.fence <> p_fence OR run.token <> p_token THEN
    RAISE EXCEPTION 'another worker has taken over' USING ERRCODE = 'GF103';
  END IF;
  IF run.cancelled_by IS NOT NULL THEN
    RAISE EXCEPTION 'cancelled by %', run.cancelled_by USING ERRCODE = 'GF102';
  END IF;
  IF run.state <> 'running' THEN
    RAISE EXCEPTION 'the run is %', run.state USING ERRCODE = 'GF103';
  END IF;
END
$$;

CREATE TRIGGER own_name BEFORE INSERT ON gatefold.standalone
  FOR EACH ROW EXECUTE FUNCTION gatefold.own_name();
CREATE TRIGGER own_name BEFORE INSERT ON gatefold.standalone_run
  FOR EACH ROW EXECUTE FUNCTION gatefold.own_name();
ALTER TABLE gatefold.standalone ENABLE ALWAYS TRIGGER own_name;
ALTER TABLE gatefold.standalone_run ENABLE ALWAYS TRIGGER own_name;

-- What is due when. Its columns are those that the library db-scheduler wants.
CREATE TABLE gatefold.scheduled_task (
  task_name      text NOT NULL,
  task_instance  text NOT NULL,
  task_data      bytea,
  execution_time timestamptz NOT NULL,
  picked         boolean NOT NULL,
  picked_by      text,
  last_success   timestamptz,
  last_failure   timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version        bigint NOT NULL,
  priority       smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX ON gatefold.scheduled_task (execution_time);
CREATE INDEX ON gatefold.scheduled_task (last_heartbeat);
