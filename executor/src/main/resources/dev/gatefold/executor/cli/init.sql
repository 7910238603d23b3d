-- Roles and grants for Gatefold, for a DBA to read, to adapt and to run once in the target database,
-- as a superuser or as whoever may create roles. It may be run again.
--
-- {role} is the role that runs Gatefold's commands. Applications get nothing here: what keeps a
-- changing column in step runs in triggers with the rights of {role}.

-- 1. The role. Give it a password or another way to log in as your rules demand.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {role_text}) THEN
    CREATE ROLE {role} LOGIN;
  END IF;
END
$$;

-- 2. Connecting, and temporary tables, on which "plan" and "submit" try a change out.
DO $$
BEGIN
  EXECUTE pg_catalog.format(
      'GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I',
      pg_catalog.current_database(), {role_text});
END
$$;

-- 3. The schema in which Gatefold keeps its state; "gatefold init" makes the tables. With it, the role
--    needs no right to create schemas.
CREATE SCHEMA IF NOT EXISTS gatefold AUTHORIZATION {role};

-- 4. Tables are changed with the rights of their owner, which the role has as a member. The role also
--    needs USAGE and CREATE on their schemas, for indexes and sequences; mostly the owner has both.
--    The owner may ask how far a change is, which migrations do that "gatefold plan --flyway" writes.
{owners}

-- 5. Seeing what other sessions do: who holds a lock, whose transaction is open for long, and how far
--    behind standbys are. Without it everything works, but those sessions are named without what they
--    do, and beside standbys that are not named a backfill keeps to its least pace.
GRANT pg_read_all_stats TO {role};

-- 6. Backfilling rows without firing your own triggers (updated_at, audit). From PostgreSQL 15 on this
--    is a grant; before, only a superuser may. Without it, tables with such triggers need
--    "backfill: {user_triggers: fire}" in the change file.
DO $$
BEGIN
  IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 150000 THEN
    EXECUTE pg_catalog.format(
        'GRANT SET ON PARAMETER session_replication_role TO %I', {role_text});
  END IF;
END
$$;

-- 7. Only where a table to be changed has FORCE ROW LEVEL SECURITY: its policies bind the owner too,
--    and would hide rows from backfill and comparison. Gatefold refuses such a table without this.
-- ALTER ROLE {role} BYPASSRLS;

-- 8. Only where {role} itself shall not be able to change or delete the record of who did what: it goes
--    to a role that cannot log in. Run this after "gatefold init" as well.
{keeper}
