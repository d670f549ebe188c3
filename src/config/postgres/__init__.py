"""Django's own way to PostgreSQL, with less said on the wire: what an operator names in DATABASE_URL ends here."""
