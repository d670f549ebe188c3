"""People who work here, what they may do and where."""
