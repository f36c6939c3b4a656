SELECT shuffle(array());
