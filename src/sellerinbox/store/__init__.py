"""SQLite; rows never leave it. `windows`, `locks` and `search` need no SQLModel; this file imports nothing."""
