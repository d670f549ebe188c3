"""The seal from one row to the next."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest(previous: str, row: Mapping[str, Any]) -> str:
    """This will give the seal of a row (plain JSON values) that follows `previous`: BLAKE2b-256, hex."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(f"{previous}\n{text}".encode(), digest_size=32).hexdigest()
