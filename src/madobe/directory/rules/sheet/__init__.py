"""Our own spreadsheet: one row a service, the same columns in and out."""
