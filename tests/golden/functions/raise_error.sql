SELECT raise_error('custom');
SELECT if(a > 1, raise_error('too big'), a) FROM VALUES (1) AS t(a);
SELECT if(a > 1, raise_error(concat('too big: ', a)), a) FROM VALUES (1), (2) AS t(a);
SELECT raise_error(NULL);
SELECT raise_error(1);
SELECT raise_error();
SELECT raise_error('USER_RAISED_EXCEPTION', map('errorMessage', 'x'));
