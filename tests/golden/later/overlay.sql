SELECT overlay('SparkSQL' PLACING '_' FROM 6), overlay('SparkSQL', 'ANSI ', 7, 0);
