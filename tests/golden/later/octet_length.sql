SELECT octet_length('é');
