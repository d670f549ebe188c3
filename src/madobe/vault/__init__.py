"""Keys held by people: what is written here can be read by those who were given it, and by nobody else (docs/adr/0011-keys.md)."""
