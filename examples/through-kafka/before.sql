CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer int NOT NULL,
  note text
);
INSERT INTO orders SELECT i, i % 97, 'order ' || i FROM generate_series(1, 5000) i;
