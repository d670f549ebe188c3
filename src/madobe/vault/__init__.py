"""Keys held by people, and the words somebody keeps to come back (docs/adr/0011-keys.md, 0012)."""
