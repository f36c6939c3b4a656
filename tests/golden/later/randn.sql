SELECT isnull(randn(5));
