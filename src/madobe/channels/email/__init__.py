"""E-mail: letters out over SMTP, letters in over IMAP."""
