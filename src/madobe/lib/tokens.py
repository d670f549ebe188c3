"""Where Japanese words begin and what they are, by SudachiPy: loaded once a process, when a text first needs it."""

import threading
from functools import cache
from typing import Any

_own = threading.local()


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="small")


def tokenizer() -> Any:
    """The tokenizer of this thread: it cannot be shared, and takes at most some 49,000 bytes at a time."""
    if not hasattr(_own, "tokenizer"):
        _own.tokenizer = _dictionary().tokenizer()
    return _own.tokenizer
