SELECT full_name FROM users WHERE id IN (1, 2, 3, 2001, 2002) ORDER BY id;
