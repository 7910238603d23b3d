-- What others are told, each line written in the transaction of what it tells of.
CREATE TABLE gatefold.notification (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout,
  event      text NOT NULL,
  stage      text,
  state      text NOT NULL,
  message    text NOT NULL,
  evidence_hash text,
  actor      text NOT NULL DEFAULT session_user,
  at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON gatefold.notification (rollout_id, id);

-- Who was told. An endpoint's name holds neither its whole address nor its secret.
CREATE TABLE gatefold.delivery (
  notification_id bigint NOT NULL REFERENCES gatefold.notification ON DELETE CASCADE,
  endpoint     text NOT NULL,
  attempts     integer NOT NULL DEFAULT 0,
  next_at      timestamptz NOT NULL,
  delivered_at timestamptz,
  problem      text,
  PRIMARY KEY (notification_id, endpoint)
);

-- Promotions that a worker shall run. Whoever works on one holds an advisory lock on it.
CREATE TABLE gatefold.request (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  stage       text NOT NULL,
  -- Of the plan that was asked for: another plan is another question.
  fingerprint text NOT NULL,
  evidence_hash text,
  reason      text,
  actor       text NOT NULL DEFAULT session_user,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  taken_by    text,
  taken_at    timestamptz,
  outcome     text,
  message     text,
  cure        text,
  seen_hash   text,
  ended_at    timestamptz
);
CREATE INDEX ON gatefold.request (rollout_id, id);
-- One at a time: two stages of one change have an order, and a stage runs once.
CREATE UNIQUE INDEX request_open ON gatefold.request (rollout_id) WHERE ended_at IS NULL;

-- Who asks is who is connected, whatever the statement says; and what was asked for stays as it is.
CREATE TRIGGER own_name BEFORE INSERT ON gatefold.request
  FOR EACH ROW EXECUTE FUNCTION gatefold.own_name();
CREATE TRIGGER as_asked BEFORE UPDATE ON gatefold.request
  FOR EACH ROW
  WHEN ((OLD.rollout_id, OLD.stage, OLD.fingerprint, OLD.evidence_hash, OLD.reason, OLD.actor, OLD.at)
    IS DISTINCT FROM
    (NEW.rollout_id, NEW.stage, NEW.fingerprint, NEW.evidence_hash, NEW.reason, NEW.actor, NEW.at))
  EXECUTE FUNCTION gatefold.append_only();
ALTER TABLE gatefold.request ENABLE ALWAYS TRIGGER own_name;
ALTER TABLE gatefold.request ENABLE ALWAYS TRIGGER as_asked;
