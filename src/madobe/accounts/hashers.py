"""How passwords are kept: Argon2id, slow on purpose, a few at a time."""

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

# Each hash takes 64 MiB for a moment: two hundred people at nine o'clock must not take all memory at once.
AT_ONCE = BoundedSemaphore(2)


class Argon2id(Argon2PasswordHasher):
    """RFC 9106, second recommended option: 3 passes over 64 MiB in 4 lanes."""

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 4

    def encode(self, password: str, salt: str) -> str:
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with AT_ONCE:
            return super().verify(password, encoded)

    def harden_runtime(self, password: str, encoded: str) -> Any:
        """Nothing to add: the cost is in the parameters, and an older hash is renewed at sign-in."""
