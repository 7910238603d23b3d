-- The old version of the application, until retire.
INSERT INTO users (id, name) VALUES (2001, 'Old');
UPDATE users SET name = name || '!' WHERE id = 1;
