"""Pages about keys: one's own, those of the house, those of desks, and what becomes of them."""
