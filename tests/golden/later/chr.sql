SELECT chr(65), chr(256), chr(-1), chr(0);
