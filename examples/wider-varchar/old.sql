UPDATE tags SET label = 'x' WHERE id = 1;
