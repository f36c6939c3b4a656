SELECT decode(x'c3a9', 'UTF-8');
