CREATE TABLE orders (id bigint PRIMARY KEY, total text, note text);
INSERT INTO orders
SELECT i, CASE WHEN i % 10 > 0 THEN (i / 4.0)::numeric(12, 2)::text END, '-'
FROM generate_series(1, 1000) i;
