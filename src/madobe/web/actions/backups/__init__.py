"""Backups nobody here can read, and the way back from them, a file per noun.

making      the two files: data, then keys
restoring   the way back, into an empty installation, all or nothing
sealed      a file sealed to keys that are not here (age), with what it says of itself inside
manifest    what a backup says of itself
stores      one database: SQLite or PostgreSQL
alone       one at a time
rotation    which old files go
note        when the last one was made
"""
