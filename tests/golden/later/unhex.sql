SELECT unhex('616263');
