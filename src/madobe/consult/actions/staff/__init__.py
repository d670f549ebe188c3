"""What the people who answer do: read, hold, draft, answer, note."""
