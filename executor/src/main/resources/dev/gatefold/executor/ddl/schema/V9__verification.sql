-- Passes that go on where they were, what came of each range, and what was repaired.

ALTER TABLE gatefold.verification
  -- Until then it is under way, and says nothing about the rows as a whole.
  ALTER COLUMN ended_at DROP NOT NULL,
  ALTER COLUMN ended_at DROP DEFAULT,
  -- In which mode of the sync, by which comparison and in which order: only the same goes on.
  ADD COLUMN mode        text,
  ADD COLUMN comparison  text,
  ADD COLUMN collations  text,
  ADD COLUMN done_key    text[],
  ADD COLUMN end_key     text[],
  ADD COLUMN ranges      bigint NOT NULL DEFAULT 0,
  ADD COLUMN compared_at timestamptz;
CREATE UNIQUE INDEX verification_under_way ON gatefold.verification (rollout_id, table_oid)
  WHERE ended_at IS NULL;

-- What came of each range of the newest passes of a table. Keys alone: values are the users'.
CREATE TABLE gatefold.verification_range (
  verification_id bigint NOT NULL REFERENCES gatefold.verification ON DELETE CASCADE,
  number      bigint NOT NULL,
  after_key   text[],
  end_key     text[] NOT NULL,
  rows        bigint NOT NULL,
  mismatches  bigint NOT NULL,
  first_keys  text[] NOT NULL,
  compared_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (verification_id, number)
);
CREATE INDEX ON gatefold.verification_range (verification_id) WHERE mismatches > 0;

-- Ranges that were compared now and then while a stage waits. They can show that something is wrong,
-- never that all is right.
CREATE TABLE gatefold.verification_sample (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid   bigint NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  after_key   text[],
  end_key     text[] NOT NULL,
  rows        bigint NOT NULL,
  mismatches  bigint NOT NULL,
  first_keys  text[] NOT NULL
);
CREATE INDEX ON gatefold.verification_sample (rollout_id, table_oid, at);

-- Which rows were repaired, from which side and by whom; each line written with its rows.
CREATE TABLE gatefold.repair (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid   bigint NOT NULL,
  side        text NOT NULL,
  keys        text[] NOT NULL,
  actor       text NOT NULL DEFAULT session_user,
  at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON gatefold.repair (rollout_id, table_oid, id);
CREATE TRIGGER own_name BEFORE INSERT ON gatefold.repair
  FOR EACH ROW EXECUTE FUNCTION gatefold.own_name();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gatefold.repair
  FOR EACH STATEMENT EXECUTE FUNCTION gatefold.append_only();
-- ALWAYS: session_replication_role, which a repair sets, shall not get around them.
ALTER TABLE gatefold.repair ENABLE ALWAYS TRIGGER own_name;
ALTER TABLE gatefold.repair ENABLE ALWAYS TRIGGER append_only;
