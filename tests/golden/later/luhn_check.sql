SELECT luhn_check('79927398713');
