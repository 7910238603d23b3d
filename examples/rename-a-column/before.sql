CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
CREATE INDEX users_name ON users (lower(name));
INSERT INTO users SELECT i, 'User ' || i FROM generate_series(1, 1000) i;
