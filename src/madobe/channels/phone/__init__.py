"""Telephone: the desk writes down what was said; nothing comes in by itself."""
