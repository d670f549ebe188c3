"""What somebody does who writes here: no account, no session, only the words of their thread."""
