SELECT json_array_length('[1,2]');
