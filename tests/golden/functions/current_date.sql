SELECT current_date() = current_date, current_date() = curdate(), current_date() > date'2024-01-01', current_timestamp() = now(), current_timestamp > timestamp'2024-01-01 00:00:00', to_date(current_timestamp()) = current_date();
SELECT current_date(1);
SELECT typeof(current_date()), typeof(current_timestamp()), typeof(localtimestamp());
