"""SudachiPy, loaded once a process when a text first needs it."""

import threading
from functools import cache

from sudachipy import Dictionary, Tokenizer

_own = threading.local()  # a tokenizer may serve one thread at a time


@cache
def dictionary() -> Dictionary:
    """The small dictionary (about 35 ms to load; the file is mapped, not copied)."""
    return Dictionary(dict="small")


def tokenizer() -> Tokenizer:
    """The tokenizer of this thread; it takes at most about 49,000 bytes at once."""
    if not hasattr(_own, "tokenizer"):
        _own.tokenizer = dictionary().tokenizer()
    found: Tokenizer = _own.tokenizer
    return found
