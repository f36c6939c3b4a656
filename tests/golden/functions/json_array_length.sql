SELECT json_array_length('[1,2,3]'), json_array_length('[]'), json_array_length('{}'), json_array_length('[1'), json_array_length(NULL), json_array_length('[[1],2]');
SELECT json_array_length(1);
