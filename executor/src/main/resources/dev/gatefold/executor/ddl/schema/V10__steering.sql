-- Steering of backfills while they run, what they say of themselves, and rows that they left as they were.
-- subject and subject_id: whose rows, such as 'rollout' and its id.

-- Values given while a backfill runs, in the words of the file; they count before the file's.
CREATE TABLE gatefold.pace (
  subject    text NOT NULL,
  subject_id bigint NOT NULL,
  setting    text NOT NULL,
  value      text NOT NULL,
  actor      text NOT NULL DEFAULT session_user,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (subject, subject_id, setting)
);

-- What each process that fills a table said last, at most once a second.
CREATE TABLE gatefold.speed (
  subject     text NOT NULL,
  subject_id  bigint NOT NULL,
  table_oid   bigint NOT NULL,
  -- The process: a host, a number of its operating system and when it began.
  worker      text NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  rows_per_second double precision,
  soonest_ms  bigint,
  latest_ms   bigint,
  -- Of the time, from 0, holding still, to 1; and why it is no more.
  share       double precision NOT NULL,
  reasons     text[] NOT NULL,
  -- Whether it stopped working on the table.
  ended       boolean NOT NULL,
  -- Row versions that it wrote: each left a dead one.
  rows_written bigint NOT NULL,
  -- Where the server's WAL was when it began, and where it is now.
  wal_from    pg_lsn NOT NULL DEFAULT pg_current_wal_insert_lsn(),
  wal_to      pg_lsn NOT NULL DEFAULT pg_current_wal_insert_lsn(),
  PRIMARY KEY (subject, subject_id, table_oid, worker)
);

-- Rows that cannot be converted and were left as they are, by key; never a value.
CREATE TABLE gatefold.bad_row (
  subject    text NOT NULL,
  subject_id bigint NOT NULL,
  table_oid  bigint NOT NULL,
  key        text[] NOT NULL,
  reason     text NOT NULL,
  seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (subject, subject_id, table_oid, key)
);
