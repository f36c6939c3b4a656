SELECT mask('AbC1');
