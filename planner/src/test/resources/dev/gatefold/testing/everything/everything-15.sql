CREATE TABLE shop.since_15 (id integer, code text, hidden text, UNIQUE NULLS NOT DISTINCT (code));
CREATE UNIQUE INDEX code_and_id ON shop.since_15 (code, id) NULLS NOT DISTINCT;
CREATE TABLE shop.since_15_parent (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE shop.since_15_child (a integer, b integer,
  FOREIGN KEY (a, b) REFERENCES shop.since_15_parent ON DELETE SET NULL (b));
CREATE VIEW shop.invoked WITH (security_invoker = true) AS SELECT id FROM shop.since_15;
CREATE PUBLICATION parts FOR TABLE shop.since_15 (id, code) WHERE (id > 10);
CREATE PUBLICATION whole_schema FOR TABLES IN SCHEMA shop;
GRANT SET ON PARAMETER session_replication_role TO everything_owner;
