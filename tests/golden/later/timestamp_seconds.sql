SELECT timestamp_seconds(1704103872), timestamp_seconds(1.5);
