SELECT parse_url('http://a.com/p?q=1', 'HOST');
