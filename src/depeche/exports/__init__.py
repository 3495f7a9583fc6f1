"""A record in the formats of other programs: one module each, with `write(store, path, text, filter)`; found by `registry.export`."""
