SELECT pi();
