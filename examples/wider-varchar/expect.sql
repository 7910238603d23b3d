SELECT length(label) FROM tags WHERE id <= 3 ORDER BY id;
