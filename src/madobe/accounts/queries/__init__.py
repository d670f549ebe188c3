"""Reads about people who work here."""
