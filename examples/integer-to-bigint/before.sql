CREATE TABLE accounts (id int PRIMARY KEY, balance integer NOT NULL DEFAULT 0 CHECK (balance >= 0));
INSERT INTO accounts SELECT i, i FROM generate_series(1, 1000) i;
