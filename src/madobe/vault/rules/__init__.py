"""The cryptography of the house, as plain functions: bytes in, bytes out."""
