SELECT bit_length('é');
