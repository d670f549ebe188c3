"""Everything the front of the house writes, a file per noun."""
