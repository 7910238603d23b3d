DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {keeper_text}) THEN
    CREATE ROLE {keeper} NOLOGIN;
  END IF;
END
$$;
DO $$
BEGIN
  IF pg_catalog.to_regclass('gatefold.repair') IS NULL THEN
    RAISE NOTICE 'the record is not there yet: run this again after gatefold init';
  ELSE
    -- The schema goes along, since its owner can drop what is in it; and the functions of the triggers,
    -- since their owner can make them do nothing.
    ALTER SCHEMA gatefold OWNER TO {keeper};
    ALTER TABLE gatefold.history OWNER TO {keeper};
    ALTER TABLE gatefold.evidence OWNER TO {keeper};
    ALTER TABLE gatefold.approval OWNER TO {keeper};
    ALTER TABLE gatefold.repair OWNER TO {keeper};
    ALTER FUNCTION gatefold.append_only() OWNER TO {keeper};
    ALTER FUNCTION gatefold.own_name() OWNER TO {keeper};
    REVOKE ALL ON gatefold.history, gatefold.evidence, gatefold.approval, gatefold.repair
      FROM {role};
    GRANT SELECT, INSERT ON gatefold.history, gatefold.evidence, gatefold.approval, gatefold.repair
      TO {role};
    GRANT USAGE, CREATE ON SCHEMA gatefold TO {role};
  END IF;
END
$$;
