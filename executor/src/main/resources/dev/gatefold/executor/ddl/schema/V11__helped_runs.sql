-- Whether a batch of a run may be written, in the transaction of the batch: an error takes its rows
-- back. Whoever runs it names its own fence and token, and so does who helps: his leave ends with the
-- owner's, whether the run is cancelled, has ended, was given back or was taken over.
CREATE OR REPLACE FUNCTION gatefold.hold_run(p_run bigint, p_fence bigint, p_token uuid)
RETURNS void LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
  run record;
BEGIN
  SELECT fence, token, cancelled_by, state INTO run
  FROM gatefold.standalone_run WHERE id = p_run FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the run is gone' USING ERRCODE = 'GF103';
  END IF;
  -- A run that was given back has no token, and nobody without one may write.
  IF (run.fence, run.token) IS DISTINCT FROM (p_fence, p_token) OR run.token IS NULL THEN
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
