"""The guard's rules and words, as TOML that a seller can read, extend and switch off."""
