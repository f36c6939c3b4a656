SELECT cot(1);
