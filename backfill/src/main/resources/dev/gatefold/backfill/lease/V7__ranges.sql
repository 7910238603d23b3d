-- Backfills, and who works on which rows of them. How far a backfill was before is forgotten: what
-- is filled is found right and passed over.
DROP TABLE gatefold.checkpoint;

-- A backfill of one table.
CREATE TABLE gatefold.backfill (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id bigint REFERENCES gatefold.rollout,
  run_id     bigint,
  table_oid  bigint NOT NULL,
  begun_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (rollout_id, table_oid),
  UNIQUE (run_id, table_oid),
  CHECK (num_nonnulls(rollout_id, run_id) = 1)
);

-- A part of it: the table, or a partition that holds rows. Everything up to the frontier was given
-- to a worker once; rows behind the end are the sync's.
CREATE TABLE gatefold.backfill_part (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  backfill_id bigint NOT NULL REFERENCES gatefold.backfill ON DELETE CASCADE,
  table_oid   bigint NOT NULL,
  schema_name text NOT NULL,
  table_name  text NOT NULL,
  -- Where places are blocks: the file that they are in. Another one means starting again.
  relfilenode bigint,
  rows_per_block double precision NOT NULL,
  frontier    text[],
  end_key     text[] NOT NULL,
  -- Of ranges that are finished.
  rows_done   bigint NOT NULL DEFAULT 0,
  UNIQUE (backfill_id, table_oid)
);

-- What was cut off at the frontier and is not finished. Whoever holds fence and token may write;
-- when the lease has run out, by this server's clock, another may take it with new ones.
CREATE TABLE gatefold.backfill_range (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  part_id      bigint NOT NULL REFERENCES gatefold.backfill_part ON DELETE CASCADE,
  after_key    text[],
  done_key     text[],
  end_key      text[] NOT NULL,
  rows_done    bigint NOT NULL DEFAULT 0,
  fence        bigint NOT NULL DEFAULT 1,
  token        uuid NOT NULL DEFAULT gen_random_uuid(),
  worker       text NOT NULL,
  -- The process ID of its session, which holds an advisory lock on it: without the lock it is dead.
  session      integer NOT NULL,
  leased_until timestamptz NOT NULL
);
CREATE INDEX ON gatefold.backfill_range (part_id);

-- How far each backfill is: rows passed by all workers, whether or not they had to be written.
CREATE VIEW gatefold.backfill_progress AS
SELECT b.id, b.rollout_id, b.run_id, b.table_oid, b.begun_at,
       coalesce(sum(p.rows_done), 0)::bigint + coalesce(sum(r.rows_done), 0)::bigint AS rows_done
FROM gatefold.backfill AS b
LEFT JOIN gatefold.backfill_part AS p ON p.backfill_id = b.id
LEFT JOIN (SELECT part_id, sum(rows_done) AS rows_done FROM gatefold.backfill_range GROUP BY part_id)
  AS r ON r.part_id = p.id
GROUP BY b.id;

-- Ends a batch, in the transaction of its rows and after them: makes known how far it is, or takes
-- everything back by an error. By now the batch has locked its table, so that what is read of the
-- table here is true until the commit. Answers how many rows were passed; where the worker does not
-- know (p_rows is NULL), it is what the scan counted since the setting gatefold.rows_before.
CREATE FUNCTION gatefold.pass_range(
  p_range bigint, p_fence bigint, p_token uuid, p_done text[], p_rows bigint, p_lease interval)
RETURNS bigint LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
  held gatefold.backfill_range;
  part gatefold.backfill_part;
  passed bigint;
BEGIN
  -- Deferred constraints speak now, when the rows can still be found.
  SET CONSTRAINTS ALL IMMEDIATE;
  SELECT * INTO held FROM gatefold.backfill_range
  WHERE id = p_range AND fence = p_fence AND token = p_token FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another worker has taken over the range' USING ERRCODE = 'GF101';
  END IF;
  SELECT * INTO part FROM gatefold.backfill_part WHERE id = held.part_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the range is gone' USING ERRCODE = 'GF101';
  END IF;
  IF to_regclass(format('%I.%I', part.schema_name, part.table_name))::oid
     IS DISTINCT FROM part.table_oid::oid THEN
    RAISE EXCEPTION 'the name means another table' USING ERRCODE = 'GF105';
  END IF;
  IF part.relfilenode <> pg_relation_filenode(part.table_oid::oid::regclass)::bigint THEN
    RAISE EXCEPTION 'the rows lie in another file' USING ERRCODE = 'GF104';
  END IF;
  passed := coalesce(p_rows, pg_stat_get_xact_tuples_returned(part.table_oid::oid)
    - current_setting('gatefold.rows_before')::bigint);
  IF p_done = held.end_key THEN
    DELETE FROM gatefold.backfill_range WHERE id = held.id;
    UPDATE gatefold.backfill_part SET rows_done = rows_done + held.rows_done + passed
    WHERE id = part.id;
  ELSE
    UPDATE gatefold.backfill_range
    SET done_key = p_done, rows_done = rows_done + passed,
        leased_until = clock_timestamp() + p_lease
    WHERE id = held.id;
  END IF;
  RETURN passed;
END
$$;
