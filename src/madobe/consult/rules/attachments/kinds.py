"""What is taken, what was taken away, why something is not taken. The sentences are made by the page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

FILE_BYTES: Final = 8_000_000  # of one file as it arrives
TEXT_BYTES: Final = 400_000  # some two hundred pages
KEPT_BYTES: Final = 16_000_000  # of a cleaned paper: unpacked it may be larger than it came
PIXELS: Final = 50_000_000  # what today's telephones take, and no more
LONGEST_SIDE: Final = 2_560  # pixels of a kept picture: a letter photographed whole can be read
PAGES: Final = 60


class Kind(StrEnum):
    """What is kept."""

    PICTURE = "picture"
    PAPER = "paper"  # PDF
    TEXT = "text"


class Removed(StrEnum):
    """What was found and taken away, in the order it is told."""

    PLACE = "place"
    TIME = "time"
    CAMERA = "camera"  # or telephone, its number, its maker's notes
    AUTHOR = "author"
    COMMENT = "comment"  # titles, keywords, descriptions
    THUMBNAIL = "thumbnail"
    SOFTWARE = "software"
    HIDDEN = "hidden"  # what lies before or behind the picture or paper, or a second picture in it
    EARLIER = "earlier"  # earlier versions of a paper
    FILES = "files"  # inside a paper
    ACTIVE = "active"  # programs, and what starts by itself
    LINKS = "links"  # to the outside
    NOTES = "notes"  # sticky notes and the like; what they show stays as part of the page
    FORM = "form"  # fields; what was written in them stays as part of the page
    COLOUR = "colour"  # colour profile
    MOTION = "motion"  # all but the first picture of a moving one
    TRANSPARENCY = "transparency"  # what was see-through is white
    SIZE = "size"  # made smaller
    RECORDS = "records"  # anything else that is not picture or page


class Reason(StrEnum):
    """Why a file is not taken."""

    TOO_BIG = "too_big"
    TOO_MANY = "too_many"  # files in one message; said by the form
    EMPTY = "empty"
    NOT_KNOWN = "not_known"
    HEIC = "heic"  # a photograph in a form that is not read here
    OFFICE = "office"  # Word, Excel, a zip
    SOUND = "sound"
    FILM = "film"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MUCH_INSIDE = "too_much_inside"  # unpacks to far more than it looks
    LOCKED = "locked"  # with a password
    ACTIVE_CONTENT_ONLY = "active_content_only"  # nothing would stay of it


class NotTaken(ValueError):
    """The file cannot be kept. Its text is the code of the reason: nothing of the file is in it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Cleaned:
    """A file that is safe to keep and to show. `name` is ours, never the sender's.

    `width` and `height` in pixels (pictures, else 0), `pages` of a paper (else 0).
    """

    kind: Kind
    media_type: str
    data: bytes = field(repr=False)
    name: str
    removed: tuple[Removed, ...]
    width: int = 0
    height: int = 0
    pages: int = 0


def in_order(found: Iterable[Removed]) -> tuple[Removed, ...]:
    """Each once, in the order it is told; "other records" only where nothing else was named."""
    named = set(found)
    if named - {Removed.RECORDS, Removed.SIZE, Removed.MOTION, Removed.TRANSPARENCY}:
        named.discard(Removed.RECORDS)
    return tuple(one for one in Removed if one in named)
