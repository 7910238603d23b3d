-- The new version, from backfilled on.
INSERT INTO users (id, full_name) VALUES (2002, 'New');
UPDATE users SET full_name = 'Two' WHERE id = 2;
