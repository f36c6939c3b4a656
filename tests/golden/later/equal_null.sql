SELECT equal_null(1, NULL), equal_null(NULL, NULL), equal_null(1, 1);
