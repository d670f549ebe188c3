"""Writes of the channels: that something has come in."""
