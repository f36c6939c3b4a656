SELECT base64('abc');
