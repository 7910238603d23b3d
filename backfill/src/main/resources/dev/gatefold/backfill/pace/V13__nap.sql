-- What a statement over many rows calls now and then, to leave the core to others. Some servers deny
-- pg_sleep: what is not allowed to be polite must still be able to work.
CREATE FUNCTION gatefold.nap() RETURNS boolean
LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp AS $$
BEGIN
  IF has_function_privilege('pg_catalog.pg_sleep(double precision)', 'EXECUTE') THEN
    PERFORM pg_sleep(0.001);
  END IF;
  RETURN true;
END
$$;
