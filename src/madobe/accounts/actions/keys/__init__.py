"""Keys of people, of duty groups and of the house, a file per noun: what `vault` does, with who may and the audit."""
