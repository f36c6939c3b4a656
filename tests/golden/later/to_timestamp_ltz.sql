SELECT to_timestamp_ltz('2024-01-02 01:02:03');
