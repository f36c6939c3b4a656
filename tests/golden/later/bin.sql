SELECT bin(13);
