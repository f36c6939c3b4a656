SELECT typeof(localtimestamp()), localtimestamp() = localtimestamp, localtimestamp() > timestamp_ntz'2024-01-01 00:00:00', localtimestamp() IS NULL;
SELECT localtimestamp(1);
