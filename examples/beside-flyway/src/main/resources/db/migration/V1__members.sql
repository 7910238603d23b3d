CREATE TABLE members (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name      text NOT NULL CHECK (name <> ''),
  fee_cents integer NOT NULL DEFAULT 0
);
CREATE INDEX members_name ON members (lower(name));
INSERT INTO members (name, fee_cents) VALUES ('Ada', 1250), ('Grace', 0);
