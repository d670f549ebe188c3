"""Clean input of the desk; forms never save."""
