SELECT is_valid_utf8('abc'), is_valid_utf8(x'80'), is_valid_utf8(NULL), make_valid_utf8(x'6180'), try_validate_utf8(x'80'), validate_utf8('a');
SELECT validate_utf8(x'80');
