"""Everything the desk writes: what a person does, and what staff do."""
