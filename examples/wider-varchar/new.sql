UPDATE tags SET label = repeat('y', 40) WHERE id = 2;
