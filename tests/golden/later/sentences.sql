SELECT sentences('Hi there! Good morning.'), sentences(''), sentences(NULL);
