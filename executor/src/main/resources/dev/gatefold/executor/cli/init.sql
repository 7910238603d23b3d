-- Roles and grants for Gatefold, for a DBA to read, to adapt and to run once in the target database.
--
-- "gatefold" is the role that runs Gatefold's commands. Rename it throughout if you use another.

-- 1. The role. Give it a password or another way to log in as your rules demand.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'gatefold') THEN
    CREATE ROLE gatefold LOGIN;
  END IF;
END
$$;

-- 2. Connecting, making schemas, and temporary tables on which mappings are tried out.
DO $$
BEGIN
  EXECUTE pg_catalog.format(
      'GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO gatefold', pg_catalog.current_database());
END
$$;

-- 3. The schema in which Gatefold keeps its state. Applications need no right on it.
CREATE SCHEMA IF NOT EXISTS gatefold AUTHORIZATION gatefold;

-- 4. Changing a table needs its owner, and CREATE on its schema. Make gatefold a member of each role
--    that owns tables to be changed:
-- GRANT app_owner TO gatefold;
-- GRANT USAGE, CREATE ON SCHEMA public TO gatefold;

-- 5. Seeing other sessions: long transactions and queries that would be in the way.
GRANT pg_read_all_stats TO gatefold;

-- 6. Backfilling rows without firing your own triggers (updated_at, audit). From PostgreSQL 15 on this
--    is a grant; before, only a superuser may. Without it, tables with such triggers need
--    "backfill: {user_triggers: fire}" in the change file.
DO $$
BEGIN
  IF pg_catalog.current_setting('server_version_num')::integer >= 150000 THEN
    EXECUTE 'GRANT SET ON PARAMETER session_replication_role TO gatefold';
  END IF;
END
$$;
