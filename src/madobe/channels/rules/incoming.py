"""What comes in, the same shape from every channel. Nothing is dropped: each leaves at least one visible line."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What came in."""

    TEXT = "text"
    STICKER = "sticker"
    PICTURE = "picture"
    FILE = "file"
    SOUND = "sound"
    VIDEO = "video"
    PLACE = "place"
    UNSENT = "unsent"  # somebody took back what `answers` names
    JOINED = "joined"
    LEFT = "left"
    AUTOMATIC = (
        "automatic"  # written by a machine: an absence note, a list, a letter that came back
    )
    UNKNOWN = "unknown"


class LeavesNothingVisible(ValueError):
    """It would stand nowhere: no words, no line in their place."""


class HasNoHour(ValueError):
    """`at` carries no time zone, so the moment is not known."""


@dataclass(frozen=True)
class File:
    """A file as it came: `data` is neither opened nor cleaned yet. `media_type` is what the sender says it is."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Incoming:
    """One letter, message or sign from outside. Its repr tells nothing that a log must not hold.

    `sender` is an opaque way to answer (an address, a user id). It is NEVER the key of a person: families share
    one address and one phone. `foreign_id` is the same when the channel hands the same thing over again.
    `letter_id` is how the channel names it (Message-ID, LINE message id), `answers` what it refers to, by that name.
    `folded` is quoted history, shown closed. `visible_line` stands where there are no words of the person's own.
    Raises LeavesNothingVisible, HasNoHour.
    """

    channel: str
    kind: Kind
    at: datetime
    foreign_id: str = field(repr=False)
    sender: str = field(default="", repr=False)
    sender_name: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    folded: str = field(default="", repr=False)
    files: tuple[File, ...] = field(default=(), repr=False)
    letter_id: str = field(default="", repr=False)
    answers: tuple[str, ...] = field(default=(), repr=False)
    visible_line: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.text.strip() and not self.visible_line.strip():
            raise LeavesNothingVisible(f"{self.channel}: {self.kind}")
        if self.at.utcoffset() is None:
            raise HasNoHour(f"{self.channel}: {self.kind}")
