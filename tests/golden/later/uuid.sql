SELECT isnull(uuid()), length(uuid());
