"""Values as JSON keeps them."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any


def kept(document: Mapping[str, Any]) -> dict[str, Any]:
    """This will leave out what is empty, as HSDS wants it."""
    return {name: value for name, value in document.items() if value not in ("", None, [])}


def plain(value: Any) -> Any:
    """This will turn dates and times into what JSON keeps."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else value
