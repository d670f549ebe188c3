"""The first byte of everything that is sealed: which way it was sealed, so that another way can stand beside it.

A number is never given twice, and what was once written stays readable (tests/vault/rules/test_golden.py).
"""

from typing import Final

FIELD: Final = 1  # XChaCha20-Poly1305 under a case key, padded
CASE_KEY: Final = 2  # XChaCha20-Poly1305 under a shred key, then an X25519 sealed box to one holder
LOCKED_KEY: Final = 3  # XChaCha20-Poly1305 under Argon2id of a passphrase
HELD_KEY: Final = 4  # XChaCha20-Poly1305 under a token that lies only in a cookie

KEY: Final = 32  # bytes of every key
NONCE: Final = 24
TAG: Final = 16


class NotOpenedError(ValueError):
    """This was not sealed for this key and this place, or it is no longer whole. More is not told, nor known."""
