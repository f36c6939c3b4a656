SELECT hex(255), hex('abc');
