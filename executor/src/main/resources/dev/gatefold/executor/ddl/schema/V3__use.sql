-- Who still writes which shape of a column. Triggers on users' tables add lines, in the writers' own
-- transactions: no other constraint than the key, which a sequence gives, so that nobody ever waits
-- for anybody. attnum is the old column's number.
CREATE TABLE gatefold.use_seen (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token       text NOT NULL,
  attnum      int NOT NULL,
  side        text NOT NULL,
  application text NOT NULL,
  login       text NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON gatefold.use_seen (token, attnum);

-- What records the writes of a table, as it was made; fingerprint covers function, triggers and their
-- state, made_by the transaction that made them. since: no write that began later was missed.
CREATE TABLE gatefold.recorder (
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid   bigint NOT NULL,
  fingerprint text NOT NULL,
  made_by     xid NOT NULL DEFAULT pg_current_xact_id()::xid,
  since       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (rollout_id, table_oid)
);

-- Since when the statements that a server counts are watched, and when some were last lost.
CREATE TABLE gatefold.statement_look (
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout,
  place      text NOT NULL,
  since      timestamptz NOT NULL,
  counted_as text NOT NULL,
  lost_at    timestamptz,
  lost_why   text,
  PRIMARY KEY (rollout_id, place)
);

-- Statements that read or write an old column, as often as they had run at the last look. last_rise:
-- the first look at which they had run again; NULL for what had run before the first look.
CREATE TABLE gatefold.statement_seen (
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout,
  place      text NOT NULL,
  statement  text NOT NULL,
  calls      bigint NOT NULL,
  last_rise  timestamptz,
  PRIMARY KEY (rollout_id, place, statement)
);
