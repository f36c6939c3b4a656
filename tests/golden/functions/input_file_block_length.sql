SELECT input_file_block_length();
SELECT input_file_block_length(), a FROM VALUES (1) AS t(a);
SELECT input_file_block_length(1);
