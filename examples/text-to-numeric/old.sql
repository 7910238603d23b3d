UPDATE orders SET total = '99.5' WHERE id = 1;
UPDATE orders SET note = 'touched' WHERE id = 2;
