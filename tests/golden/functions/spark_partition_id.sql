SELECT spark_partition_id();
