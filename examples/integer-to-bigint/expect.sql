SELECT balance, pg_typeof(balance) FROM accounts WHERE id IN (1, 2, 2001) ORDER BY id;
