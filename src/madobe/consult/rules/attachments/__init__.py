"""What somebody sends along, made safe to keep and to show: `clean`, and `headers_of` for the showing.

Read from memory, taken apart, and made anew: a picture is painted again, a paper (PDF) keeps what its pages show,
a text its characters. What was found and taken away is told by name (`Removed`), so that the sender can be told.
"""

from madobe.consult.rules.attachments.cleaning import clean
from madobe.consult.rules.attachments.kinds import (
    FILE_BYTES,
    PAGES,
    TEXT_BYTES,
    Cleaned,
    Kind,
    NotTaken,
    Reason,
    Removed,
)
from madobe.consult.rules.attachments.showing import headers_of

__all__ = [
    "FILE_BYTES",
    "PAGES",
    "TEXT_BYTES",
    "Cleaned",
    "Kind",
    "NotTaken",
    "Reason",
    "Removed",
    "clean",
    "headers_of",
]
