SELECT url_decode('a+b%26c');
