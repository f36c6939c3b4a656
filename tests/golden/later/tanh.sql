SELECT tanh(1);
