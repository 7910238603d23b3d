-- What a statement over many rows calls now and then, to leave the core to others. Some servers deny
-- pg_sleep: what is not allowed to be polite must still be able to work. How long it took, in
-- microseconds, is added up for the transaction: what waits for a core after a nap does not work.
CREATE FUNCTION gatefold.nap() RETURNS boolean
LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
DECLARE
  began timestamptz := clock_timestamp();
BEGIN
  IF has_function_privilege('pg_catalog.pg_sleep(double precision)', 'EXECUTE') THEN
    PERFORM pg_sleep(0.001);
    -- The clock of the machine may be set back meanwhile.
    PERFORM set_config('gatefold.slept', (gatefold.slept() + greatest(0,
      (extract(epoch FROM clock_timestamp() - began) * 1000000)::bigint))::text, true);
  END IF;
  RETURN true;
END
$$;

-- How long the naps of this transaction took so far, in microseconds.
CREATE FUNCTION gatefold.slept() RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN pg_catalog.length(pg_catalog.current_setting('gatefold.slept', true)) OPERATOR(pg_catalog.>) 0
      THEN pg_catalog.current_setting('gatefold.slept', true)::bigint
    ELSE 0::bigint END
$$;
