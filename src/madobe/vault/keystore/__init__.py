"""The separate store: what every sealed thing needs besides its holder's key, and dies with (docs/adr/0011-keys.md)."""
