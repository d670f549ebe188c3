"""The release of folding and words that entries and snapshots are made with."""

from functools import cache
from hashlib import blake2b

from madobe.directory.search.facts import FACTS, KINDS
from madobe.directory.search.words import concepts

MAKING = "2"  # raise when folding, matching or facts change in what they give


@cache
def release() -> str:
    """This will give a short text that differs whenever an entry made before would now be made differently."""
    parts = (
        MAKING,
        FACTS,
        KINDS,
        [(one.id, one.forms, one.kinds, one.needs) for one in concepts()],
    )
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()
