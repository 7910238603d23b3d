-- Gatefold's own tables. Each has a primary key, so that logical replication can carry them.

CREATE TABLE gatefold.rollout (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  change      text NOT NULL UNIQUE,
  state       text NOT NULL,
  -- The stage under way or finished last; while rolling back, the stage that is being undone.
  stage       text,
  undo_to     text,
  paused      boolean NOT NULL DEFAULT false,
  failed_step text,
  failed_why  text,
  plan        jsonb NOT NULL,
  fingerprint text NOT NULL,
  file        text NOT NULL,
  rows_total  bigint NOT NULL DEFAULT 0,
  rows_done   bigint NOT NULL DEFAULT 0,
  mismatches  bigint NOT NULL DEFAULT 0,
  -- Who may work on it: a counter plus a random part, so that not even a restored copy repeats one.
  fence       bigint NOT NULL DEFAULT 0,
  token       uuid,
  attempts    bigint NOT NULL DEFAULT 0,
  submitted_by text NOT NULL DEFAULT session_user,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);

-- Which columns belong to which rollout while it lasts.
CREATE TABLE gatefold.claim (
  table_oid   bigint NOT NULL,
  column_name text NOT NULL,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  PRIMARY KEY (table_oid, column_name)
);

-- Steps that are done, each written in the step's own transaction where it has one.
CREATE TABLE gatefold.step_done (
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout,
  step       text NOT NULL,
  done_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (rollout_id, step)
);

-- The sync of each table, as it was made; fingerprint covers functions, triggers and their state.
CREATE TABLE gatefold.sync (
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid   bigint NOT NULL,
  mode        text NOT NULL,
  ever_both   boolean NOT NULL,
  insert_trigger text NOT NULL,
  update_trigger text NOT NULL,
  fingerprint text NOT NULL,
  since       timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (rollout_id, table_oid)
);

-- How far each backfill is.
CREATE TABLE gatefold.checkpoint (
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid   bigint NOT NULL,
  relfilenode bigint NOT NULL,
  done_key    text[],
  end_key     text[] NOT NULL,
  rows_done   bigint NOT NULL,
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (rollout_id, table_oid)
);

-- Whole passes over the rows, and what they found.
CREATE TABLE gatefold.verification (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid   bigint NOT NULL,
  began_at    timestamptz NOT NULL,
  ended_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  rows        bigint NOT NULL,
  mismatches  bigint NOT NULL,
  -- The sync that was in place during the pass; the pass counts only while it is the same.
  fingerprint text NOT NULL
);
CREATE INDEX ON gatefold.verification (rollout_id, table_oid, id);

-- What the catalog said about each table at the end of the last stage.
CREATE TABLE gatefold.image (
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout,
  table_oid  bigint NOT NULL,
  lines      text[] NOT NULL,
  PRIMARY KEY (rollout_id, table_oid)
);

-- Who let which stage run, when, why, on which evidence. Never edited, never deleted.
CREATE TABLE gatefold.promotion (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id  bigint NOT NULL REFERENCES gatefold.rollout,
  stage       text NOT NULL,
  actor       text NOT NULL DEFAULT session_user,
  at          timestamptz NOT NULL DEFAULT now(),
  reason      text,
  verdict     text NOT NULL,
  evidence_hash text NOT NULL
);

CREATE TABLE gatefold.history (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout_id bigint NOT NULL REFERENCES gatefold.rollout,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor      text NOT NULL DEFAULT session_user,
  kind       text NOT NULL,
  text       text NOT NULL
);
CREATE INDEX ON gatefold.history (rollout_id, id);
