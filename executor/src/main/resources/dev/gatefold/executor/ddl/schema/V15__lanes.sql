-- Change feeds that go through Kafka: one process puts what the log tells into the partitions of a
-- topic, several apply them, each partition by itself.
ALTER TABLE gatefold.feed
  -- How often its plan has changed: whoever applies it by an older one must not write any more.
  ADD COLUMN turned bigint NOT NULL DEFAULT 0,
  -- The topic, and what tells it from another one of the same name; without, until it is made.
  ADD COLUMN topic text,
  ADD COLUMN topic_id text,
  -- Why somebody who applies it had to begin anew, until one of them has got on again.
  ADD COLUMN lane_trouble text;

CREATE TABLE gatefold.feed_lane (
  rollout_id bigint NOT NULL,
  table_oid bigint NOT NULL,
  -- The number of the partition.
  lane int NOT NULL,
  -- The offset of the first event that is not applied.
  next_event bigint NOT NULL,
  applier text,
  -- When it was last heard of: there is a word every second.
  moved_at timestamptz,
  -- The last word of ours in the log that has come by in this lane, and when it was said.
  heard pg_lsn,
  heard_said_at timestamptz,
  PRIMARY KEY (rollout_id, table_oid, lane),
  FOREIGN KEY (rollout_id, table_oid) REFERENCES gatefold.feed ON DELETE CASCADE
);

-- In which lane a row is tried again.
ALTER TABLE gatefold.feed_pending ADD COLUMN lane int;

-- Topics that were made, until they are deleted.
CREATE TABLE gatefold.feed_topic (topic text PRIMARY KEY);

-- How far a feed is applied: where there are lanes, as far as the last of them.
CREATE VIEW gatefold.feed_progress AS
SELECT f.rollout_id, f.table_oid, n.lanes,
       CASE WHEN n.lanes IS NULL THEN f.heard ELSE l.heard END AS heard,
       CASE WHEN n.lanes IS NULL THEN f.heard_said_at ELSE l.heard_said_at END AS heard_said_at,
       l.applied,
       n.lanes - l.attended AS unattended
FROM gatefold.feed f
CROSS JOIN LATERAL (SELECT (f.plan ->> 'lanes')::int AS lanes) n
CROSS JOIN LATERAL (
  SELECT CASE WHEN count(l.heard) = n.lanes THEN min(l.heard) END AS heard,
         CASE WHEN count(l.heard) = n.lanes THEN min(l.heard_said_at) END AS heard_said_at,
         sum(l.next_event) AS applied,
         count(*) FILTER (WHERE l.moved_at > clock_timestamp() - interval '15 s')::int AS attended
  FROM gatefold.feed_lane l
  WHERE (l.rollout_id, l.table_oid) = (f.rollout_id, f.table_oid)) l;
