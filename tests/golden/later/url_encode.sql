SELECT url_encode('a b&c');
