SELECT array_repeat('a', 3), array_repeat(1, 0);
