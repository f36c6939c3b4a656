SELECT rand(5) >= 0;
