-- zone: UTC, America/New_York
SELECT try_to_timestamp('2024-07-02 10:11:12'), try_to_timestamp('x'), try_to_timestamp('02/07/2024', 'dd/MM/yyyy'), try_to_timestamp('2024', 'dd/MM/yyyy'), try_to_timestamp(NULL);
SELECT try_to_timestamp('2024', 'foo');
SELECT try_to_timestamp(a) FROM VALUES ('2024-07-02'), ('x'), (NULL) AS t(a);
