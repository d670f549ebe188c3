"""Clean input of the directory."""
