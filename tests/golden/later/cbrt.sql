SELECT cbrt(27), cbrt(-8D);
