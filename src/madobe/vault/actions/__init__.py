"""Making, giving, taking back and destroying keys, a file per noun. Callers write the audit: this floor cannot see it."""
