SELECT to_timestamp_ntz('2024-01-02 01:02:03'), to_timestamp_ntz('2024/01/02', 'yyyy/MM/dd');
