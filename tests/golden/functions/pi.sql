SELECT pi(), pi() * 2;
SELECT pi(1);
