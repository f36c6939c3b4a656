SELECT raise_error('boom');
