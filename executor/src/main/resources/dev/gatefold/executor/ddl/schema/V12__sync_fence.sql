-- Whether the rows of a table may be touched, in the transaction that does. The row locks make a pause
-- and a change of mode wait for it. Whoever owns the rollout names its fence and token; who helps with
-- a backfill has none.
CREATE FUNCTION gatefold.hold_sync(
  p_rollout bigint, p_table bigint, p_mode text, p_fence bigint, p_token uuid)
RETURNS void LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
  rollout record;
BEGIN
  PERFORM FROM gatefold.sync
  WHERE rollout_id = p_rollout AND table_oid = p_table AND mode = p_mode FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the sync is not in mode %', p_mode USING ERRCODE = 'GF103';
  END IF;
  SELECT paused, fence, token INTO rollout
  FROM gatefold.rollout WHERE id = p_rollout FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the rollout is gone' USING ERRCODE = 'GF103';
  END IF;
  IF rollout.fence <> p_fence OR rollout.token <> p_token THEN
    RAISE EXCEPTION 'another executor has taken over' USING ERRCODE = 'GF103';
  END IF;
  IF rollout.paused THEN
    RAISE EXCEPTION 'the rollout is paused' USING ERRCODE = 'GF102';
  END IF;
END
$$;

-- The same for a batch of a backfill. A failure ends it for whoever helps.
CREATE OR REPLACE FUNCTION gatefold.hold_rollout(
  p_rollout bigint, p_table bigint, p_mode text, p_fence bigint, p_token uuid)
RETURNS void LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
  rollout record;
BEGIN
  PERFORM gatefold.hold_sync(p_rollout, p_table, p_mode, p_fence, p_token);
  SELECT state, failed_step INTO rollout FROM gatefold.rollout WHERE id = p_rollout;
  IF rollout.state <> 'backfilling' THEN
    RAISE EXCEPTION 'the rollout is %', rollout.state USING ERRCODE = 'GF103';
  END IF;
  IF rollout.failed_step IS NOT NULL AND p_fence IS NULL THEN
    RAISE EXCEPTION 'the backfill has failed' USING ERRCODE = 'GF103';
  END IF;
END
$$;
