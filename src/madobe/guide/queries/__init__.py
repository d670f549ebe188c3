"""The guide's reads: a situation becomes a path with real places on it."""

from .guidance import Guidance, ReadingLine, Step, Stop, guidance, now_card
from .places import PlaceFound, place_of, services_for
from .words import chip_label, explained, kind_page, memo_of, wishes_of

__all__ = [
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
    "now_card",
    "place_of",
    "services_for",
    "wishes_of",
]
