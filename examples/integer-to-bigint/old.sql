UPDATE accounts SET balance = balance + 1 WHERE id = 1;
INSERT INTO accounts (id) VALUES (2001);
