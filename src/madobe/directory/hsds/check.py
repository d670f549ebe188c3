"""Whether a document is HSDS 3.0. Every fault with its place (JSON pointer), value and reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from madobe.directory.hsds.formats import is_email, is_uri, is_uuid, moment
from madobe.directory.hsds.shapes import SHAPES, Field

_FORMATS = {
    "uuid": is_uuid,
    "uri": is_uri,
    "email": is_email,
    "datetime": lambda t: moment(t) is not None,
}
_WANTED = {
    "uuid": "a UUID like 3a19ff88-4620-4d17-9830-ac1d859eb5d5",
    "uri": "an absolute address like https://example.org/, other letters as %-codes",
    "email": "a mail address",
    "datetime": "a date and time with zone like 2024-04-01T09:00:00+09:00",
}
MOST_DEPTH = 12  # HSDS itself needs eight
SHOWN = 120  # characters of a value in a report


@dataclass(frozen=True)
class Fault:
    """One thing that is not HSDS. `pointer`: RFC 6901."""

    pointer: str
    value: str
    reason: str


def faults_of(document: Any, shape: str, *, pointer: str = "", depth: int = 0) -> Iterator[Fault]:
    """This will give every fault of one object ("service", "organization", …), in the order of its fields."""
    if not isinstance(document, dict):
        yield Fault(pointer or "/", _text(document), f"This is not an object; a {shape} is one.")
        return
    if depth > MOST_DEPTH:
        yield Fault(
            pointer,
            "",
            f"Objects are nested more than {MOST_DEPTH} deep. HSDS needs no more than 8.",
        )
        return
    for name, field in SHAPES[shape].items():
        place = f"{pointer}/{name}"
        if name not in document:
            if field.required:
                yield Fault(place, "", f"A {shape} needs {name}.")
            continue
        yield from _field_faults(document[name], field, place, depth)


def _field_faults(value: Any, field: Field, place: str, depth: int) -> Iterator[Fault]:
    if field.kind == "object":
        yield from faults_of(value, field.other, pointer=place, depth=depth + 1)
    elif field.kind == "list":
        if not isinstance(value, list):
            yield Fault(place, _text(value), "This is not a list.")
            return
        for number, one in enumerate(value):
            yield from faults_of(one, field.other, pointer=f"{place}/{number}", depth=depth + 1)
    elif field.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Fault(place, _text(value), "This is not a number.")
    elif not isinstance(value, str):
        yield Fault(place, _text(value), "This is not a text.")
    elif field.choices and value not in field.choices:
        yield Fault(place, _text(value), f"This is none of: {', '.join(field.choices)}.")
    elif field.kind in _FORMATS and not _FORMATS[field.kind](value):
        yield Fault(place, _text(value), f"This is not {_WANTED[field.kind]}.")


def _text(value: Any) -> str:
    return str(value)[:SHOWN]
