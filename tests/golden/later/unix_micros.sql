SELECT unix_micros(timestamp'2024-01-01 00:00:01.9');
SELECT unix_micros(t) FROM VALUES (timestamp'1582-10-04 00:00:00'), (timestamp'1582-10-15 00:00:00') AS t(t);
