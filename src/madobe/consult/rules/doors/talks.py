"""What is noted of a talk, and what stands beside an invitation."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Final

MINUTES: Final = (5, 10, 20, 30, 60, 90)
MOST_OFFERS: Final = 6
LONGEST_MEETING: Final = timedelta(hours=8)


@dataclass(frozen=True)
class Talk:
    """A talk as somebody of the desk notes it. `door`, `who`: codes of Door and Who, "" = did not say who they are.

    `minutes`: 0 = not noted.
    """

    text: str = field(repr=False)
    door: str
    who: str = ""
    minutes: int = 0


@dataclass(frozen=True, repr=False)
class MeetingWords:
    """What is said beside the times: where or by which number; and how the person agreed to somebody coming home."""

    where: str = ""
    consent: str = ""


@dataclass(frozen=True)
class Span:
    """A time that is offered; both ends aware."""

    starts_at: datetime
    ends_at: datetime


class NotTimesToOffer(ValueError):
    """None, too many, one twice, one in the past, or one that ends before it begins."""


def checked(spans: Sequence[Span], *, at: datetime) -> list[Span]:
    """This will give the times in their order. Raises NotTimesToOffer."""
    found = sorted(set(spans), key=lambda one: (one.starts_at, one.ends_at))
    fitting = all(
        at < one.starts_at < one.ends_at <= one.starts_at + LONGEST_MEETING for one in found
    )
    if not 1 <= len(found) <= MOST_OFFERS or len(found) != len(spans) or not fitting:
        raise NotTimesToOffer
    return found


def dumped(words: MeetingWords) -> bytes:
    """This will give it as bytes to seal."""
    said = {name: value for name, value in asdict(words).items() if value}
    return json.dumps(said, ensure_ascii=False).encode()


def loaded(plain: bytes) -> MeetingWords:
    """This will read it; what a later release wrote besides is left aside."""
    known = {one.name for one in fields(MeetingWords)}
    return MeetingWords(**{name: said for name, said in json.loads(plain).items() if name in known})
