SELECT input_file_name();
SELECT input_file_name(), a FROM VALUES (1) AS t(a);
SELECT input_file_name(1);
