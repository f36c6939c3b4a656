SELECT unbase64('YWJj');
