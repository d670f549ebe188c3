"""The door without a lock: no user, no session, no cookie; one address, forms only."""
