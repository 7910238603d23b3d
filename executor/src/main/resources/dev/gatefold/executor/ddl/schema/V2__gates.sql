-- Gates: what they ask for, what was seen there, who approved; and one record of who did what.

-- What the change's file asks of its gates, and the settings of the target under which it was
-- submitted or promoted; nothing where neither asks for anything.
ALTER TABLE gatefold.rollout
  ADD COLUMN gates jsonb,
  ADD COLUMN floor jsonb;

-- What was seen at a gate, a line each time that it was measured.
CREATE TABLE gatefold.evidence (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  stage       text NOT NULL,
  -- Over plan, stage and verdicts: the same seen again has the same hash.
  hash        text NOT NULL,
  -- Of the plan.
  fingerprint text NOT NULL,
  findings    jsonb NOT NULL,
  actor       text NOT NULL DEFAULT session_user,
  measured_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Until when somebody may decide on it; at once past where a command decided by itself.
  expires_at  timestamptz NOT NULL
);
CREATE INDEX ON gatefold.evidence (hash, expires_at);

-- Who approved which stage, having looked at which evidence.
CREATE TABLE gatefold.approval (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  stage       text NOT NULL,
  evidence_id bigint NOT NULL REFERENCES gatefold.evidence,
  actor       text NOT NULL DEFAULT session_user,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Whether it also lets the stage run although policy keeps the gate closed, and why.
  overrides   boolean NOT NULL DEFAULT false,
  reason      text,
  CHECK (NOT overrides OR reason IS NOT NULL)
);
CREATE INDEX ON gatefold.approval (rollout_id, stage, id);

-- The one record: what happened, who did it, on which evidence, why, from where, how it ended.
ALTER TABLE gatefold.history
  -- By name, so that the record can be read by itself.
  ADD COLUMN change           text,
  ADD COLUMN stage            text,
  ADD COLUMN evidence         text,
  ADD COLUMN verdict          text,
  ADD COLUMN reason           text,
  ADD COLUMN result           text NOT NULL DEFAULT 'done',
  ADD COLUMN client_addr      inet,
  ADD COLUMN application_name text,
  -- User and machine of the process, as it says itself.
  ADD COLUMN process          text;

UPDATE gatefold.history h SET change = r.change FROM gatefold.rollout r WHERE r.id = h.rollout_id;
UPDATE gatefold.history SET result = 'failed' WHERE kind = 'failed';

-- Each promotion left a line in both tables, in the same order.
UPDATE gatefold.history h
SET stage = p.stage, evidence = p.evidence_hash, verdict = p.verdict, reason = p.reason
FROM (SELECT id, rollout_id, row_number() OVER (PARTITION BY rollout_id ORDER BY id) AS nth
      FROM gatefold.history WHERE kind = 'promoted') l
JOIN (SELECT *, row_number() OVER (PARTITION BY rollout_id ORDER BY id) AS nth
      FROM gatefold.promotion) p ON p.rollout_id = l.rollout_id AND p.nth = l.nth
WHERE h.id = l.id;
DROP TABLE gatefold.promotion;

ALTER TABLE gatefold.history
  ALTER COLUMN change SET NOT NULL,
  -- Not while the columns were added: old lines would have come from the session that migrates.
  ALTER COLUMN client_addr SET DEFAULT inet_client_addr(),
  ALTER COLUMN application_name SET DEFAULT nullif(current_setting('application_name'), ''),
  ALTER COLUMN process SET DEFAULT nullif(current_setting('gatefold.process', true), '');
CREATE INDEX ON gatefold.history (at);

CREATE FUNCTION gatefold.append_only() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'lines of %.% are added, never changed and never deleted',
    TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gatefold.history
  FOR EACH STATEMENT EXECUTE FUNCTION gatefold.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gatefold.evidence
  FOR EACH STATEMENT EXECUTE FUNCTION gatefold.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gatefold.approval
  FOR EACH STATEMENT EXECUTE FUNCTION gatefold.append_only();
-- ALWAYS: session_replication_role, which a backfill sets, shall not get around them.
ALTER TABLE gatefold.history ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE gatefold.evidence ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE gatefold.approval ENABLE ALWAYS TRIGGER append_only;

-- Who approves is who is connected, whatever the statement says.
CREATE FUNCTION gatefold.own_name() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  NEW.actor := session_user;
  NEW.at := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER own_name BEFORE INSERT ON gatefold.approval
  FOR EACH ROW EXECUTE FUNCTION gatefold.own_name();
ALTER TABLE gatefold.approval ENABLE ALWAYS TRIGGER own_name;

-- Puts one question that answers with one boolean. Through it a text with a second statement, or with
-- a COMMIT, is an error, whereas the driver would run one after the other.
CREATE FUNCTION gatefold.ask(question text) RETURNS SETOF boolean LANGUAGE plpgsql
AS $$
BEGIN
  RETURN QUERY EXECUTE question;
END
$$;
REVOKE ALL ON FUNCTION gatefold.ask(text) FROM PUBLIC;
