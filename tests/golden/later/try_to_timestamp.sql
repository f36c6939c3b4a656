SELECT try_to_timestamp('x'), try_to_timestamp('2024-01-02 01:02:03'), try_to_timestamp('x', 'yyyy');
