"""Sent twice is said once; sent again with other words, it is something else."""

from hashlib import blake2b
from uuid import UUID


def with_words(drawn: UUID, words: str) -> UUID:
    """This will give the id of what a form of staff writes down. `drawn`: with the form."""
    digest = blake2b(
        words.encode(), key=drawn.bytes, digest_size=16, person=b"madobe noted\0\0\0\0"
    )
    return UUID(bytes=digest.digest(), version=4)
