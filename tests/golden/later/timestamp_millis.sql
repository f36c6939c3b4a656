SELECT timestamp_millis(1704103872123);
