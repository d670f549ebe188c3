"""Reads of the other ways in and out."""
