SELECT encode('é', 'UTF-8');
