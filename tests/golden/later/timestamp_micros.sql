SELECT timestamp_micros(1704103872123456);
SELECT timestamp_micros(unix_micros(t)) = t FROM VALUES (timestamp'1582-10-04 00:00:00'), (timestamp'1582-10-15 00:00:00') AS t(t);
