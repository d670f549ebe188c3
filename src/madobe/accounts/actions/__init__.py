"""Writes about people who work here, a file per noun."""
