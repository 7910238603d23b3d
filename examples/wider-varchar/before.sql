CREATE TABLE tags (id int PRIMARY KEY, label varchar(10) NOT NULL);
CREATE INDEX tags_label ON tags (label);
INSERT INTO tags SELECT i, i FROM generate_series(1, 100) i;
