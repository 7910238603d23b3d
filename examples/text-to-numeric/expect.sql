SELECT total_amount FROM orders WHERE id IN (1, 2, 4, 10, 2001) ORDER BY id;
