"""Short ways to make records in tests."""
