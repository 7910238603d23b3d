INSERT INTO orders (id, total_amount) VALUES (2001, 12.345);
UPDATE orders SET total_amount = total_amount + 1 WHERE id = 4;
