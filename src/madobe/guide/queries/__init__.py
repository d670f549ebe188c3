"""The guide's reads: a situation becomes a path with real places on it."""

from .guidance import Crisis, Guidance, ReadingLine, Step, Stop, guidance
from .places import PlaceFound, place_of, services_for
from .words import chip_label, explained, kind_page, memo_of, wishes_of

__all__ = [
    "Crisis",
    "Guidance",
    "PlaceFound",
    "ReadingLine",
    "Step",
    "Stop",
    "chip_label",
    "explained",
    "guidance",
    "kind_page",
    "memo_of",
    "place_of",
    "services_for",
    "wishes_of",
]
