SELECT to_csv(struct(1, 'a', NULL)), to_csv(named_struct('d', date'2024-01-02', 't', timestamp'2024-01-02 03:04:05', 'x', 1.5D)), to_csv(NULL);
SELECT to_csv(1);
