SELECT input_file_block_start();
SELECT input_file_block_start(), a FROM VALUES (1) AS t(a);
SELECT input_file_block_start(1);
