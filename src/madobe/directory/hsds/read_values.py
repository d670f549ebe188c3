"""Single values of foreign records, as our tables keep them."""

import json
import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_NUMBER = 32_000  # what a small number of both databases holds


def text(value: Any) -> str:
    """This will give a text without control characters, "" for anything else."""
    return _CONTROL.sub("", value).strip() if isinstance(value, str) else ""


def day(value: Any) -> date | None:
    """This will read a day ("2024-04-01"), None where it is none."""
    try:
        return date.fromisoformat(text(value)) if len(text(value)) == 10 else None
    except ValueError:
        return None


def clock(value: Any) -> time | None:
    """This will read a time ("09:00", "09:00:00", "09:00Z" is none of ours), None where it is none."""
    said = text(value)
    if not re.fullmatch(r"\d{2}:\d{2}(:00(\.0+)?)?", said):
        return None
    try:
        return time.fromisoformat(said[:5])
    except ValueError:
        return None


def number(value: Any) -> int | None:
    """This will read a whole number not below nought, None where it is none or larger than a table holds."""
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER
    return value if fits else None


def money(value: Any) -> Decimal | None:
    """This will read an amount of at most eight digits, None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if abs(amount) < 10**8 else None


def degrees(value: Any, most: int) -> float | None:
    """This will read a latitude (most 90) or longitude (most 180)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -most <= value <= most else None


def inside(value: str) -> dict[str, Any]:
    """This will read a structured value of our profile, {} where it is none."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
