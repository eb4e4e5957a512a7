"""The terminal interface: layout, keys, wiring. What a key does, `inbox` does."""
