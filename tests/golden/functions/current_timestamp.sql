SELECT typeof(current_timestamp()), current_timestamp() = current_timestamp(), current_timestamp() IS NULL;
SELECT typeof(now());
SELECT typeof(localtimestamp);
SELECT current_timestamp(1);
