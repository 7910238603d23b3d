-- Gatefold, change members-fee, direct DDL 949f212bfb39120f
--
-- Written by "gatefold plan --flyway". A database that Gatefold changes is left as it is: the migration
-- passes where Gatefold serves the new shape of the tables, and stops where it does not yet. Any other,
-- a fresh one or that of a test, gets the new shape by the statements below.
DO $gatefold$
DECLARE
  path CONSTANT text := pg_catalog.current_setting('search_path');
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'gatefold') THEN
    IF NOT pg_catalog.has_schema_privilege('gatefold', 'USAGE') THEN
      RAISE EXCEPTION 'role % may not ask Gatefold about change %', current_user, 'members-fee'
        USING ERRCODE = 'insufficient_privilege',
          HINT = pg_catalog.format('Let a DBA run: GRANT USAGE ON SCHEMA gatefold TO %I', current_user);
    ELSIF pg_catalog.to_regprocedure('gatefold.wants_direct_ddl(text)') IS NULL THEN
      RAISE EXCEPTION 'the schema gatefold of this database cannot be asked about change %', 'members-fee'
        USING ERRCODE = 'object_not_in_prerequisite_state',
          HINT = 'Bring it up to date: run "gatefold init" of the version that wrote this migration.';
    ELSIF NOT gatefold.wants_direct_ddl('members-fee') THEN
      RETURN;
    END IF;
  END IF;
  SET LOCAL search_path TO pg_catalog, pg_temp;
  EXECUTE $ddl$ALTER TABLE "public"."members" ALTER COLUMN "fee_cents" TYPE numeric(12,2) USING (((("fee_cents")::numeric / 100.0))::numeric(12,2))$ddl$;
  EXECUTE $ddl$ALTER TABLE "public"."members" RENAME COLUMN "name" TO "full_name"$ddl$;
  EXECUTE $ddl$ALTER TABLE "public"."members" RENAME COLUMN "fee_cents" TO "fee"$ddl$;
  PERFORM pg_catalog.set_config('search_path', path, true);
END
$gatefold$;
