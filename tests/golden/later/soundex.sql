SELECT soundex('Miller');
