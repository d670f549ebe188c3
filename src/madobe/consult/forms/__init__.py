"""Clean input of the desk; saved elsewhere."""
