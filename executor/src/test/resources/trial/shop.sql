CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer int NOT NULL REFERENCES customers,
  total int CHECK (total > 0));
CREATE INDEX orders_total ON orders (total);
INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 10) i;
INSERT INTO orders (customer, total) SELECT i % 10 + 1, i FROM generate_series(1, 200) i;
