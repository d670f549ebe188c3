"""Two entries that are one: preview, merge, what imports bring afterwards, and taking it back."""
