"""A thread as the person it belongs to sees it: what was said, what was promised, what they may do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from madobe.consult.choices import Author, Change, State
from madobe.consult.door_choices import NOTED
from madobe.consult.models import Attachment, Consultation, Message, PersonDraft, Receipt
from madobe.consult.queries.doors.meetings import SeenMeeting, meetings_of
from madobe.consult.rules import drafts
from madobe.consult.rules.attachments import Removed
from madobe.consult.rules.contact import Contact, loaded
from madobe.consult.rules.drafts import SetAside
from madobe.consult.sealed import BODY, CONTACT, DRAFT, FILE
from madobe.consult.thread import LockedThread, NoSuchThread, address_of
from madobe.consult.words_of_attachments import words_of_removed

_PLACE: Final = re.compile(r"([1-9][0-9]{0,3})\.([1-9][0-9]?)")


@dataclass(frozen=True)
class SeenFile:
    """A picture or paper of a letter."""

    id: UUID
    kind: str
    number: int
    removed: tuple[str, ...]
    size: int = 0  # bytes as it is stored: a little more than the file itself

    @property
    def kilobytes(self) -> int:
        """About how large it is, at least 1."""
        return max(1, round(self.size / 1000))

    @property
    def megabytes(self) -> float:
        """The same for a large one; 0 where kilobytes say it better."""
        return round(self.size / 1_000_000, 1) if self.size >= 1_000_000 else 0

    @property
    def told(self) -> list[str]:
        """What was taken away from it, in words of the language that is on."""
        return words_of_removed(Removed(one) for one in self.removed)


@dataclass(frozen=True)
class OpenedFile:
    """A picture or paper of a letter, opened."""

    kind: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class SeenMessage:
    """One letter or answer. `at`: of an answer; of a letter only its day is known."""

    number: int
    is_mine: bool
    on: date
    at: datetime | None
    text: str = field(repr=False)
    files: tuple[SeenFile, ...] = ()


@dataclass(frozen=True)
class SeenThread:
    """Everything a page of the thread shows."""

    state: State
    messages: tuple[SeenMessage, ...]
    reply_by: datetime | None
    missed: int
    expires_date: date | None
    keep: str
    draft: SetAside = field(repr=False)
    contact: Contact = field(repr=False)
    has_answer: bool = False
    asked_for_change: bool = False
    asked_for_place: bool = False  # what was asked for last, or arranged last, is another place
    has_another: bool = False  # whom they asked for is there, and they have not written since
    revision: int = 1
    desk_id: UUID | None = None
    meetings: tuple[SeenMeeting, ...] = ()

    @property
    def was_answered(self) -> bool:
        """Whether a counsellor has ever written."""
        return any(not one.is_mine for one in self.messages)

    @property
    def last(self) -> Literal["", "person", "staff"]:
        """Whose words came last; "" where there are none."""
        if not self.messages:
            return ""
        return "person" if self.messages[-1].is_mine else "staff"


def seen(found: LockedThread) -> SeenThread:
    """This will open everything of a thread for the person who holds its words."""
    thread, opened = found.thread, found.opened
    files = _files(thread)
    messages = tuple(
        SeenMessage(
            number=row.number,
            is_mine=row.author == Author.PERSON,
            text=opened.text(BODY, row.pk, row.body),
            on=row.written_date,
            at=row.written_at,
            files=tuple(files.get(row.pk, ())),
        )
        for row in _shown(thread).order_by("number")
    )
    wishes = list(thread.change_requests.order_by("pk").values_list("settled_date", "kind"))
    settled = [day for day, _ in wishes]
    arranged = max((day for day in settled if day), default=None)
    draft = PersonDraft.objects.filter(pk=thread.pk).first()
    return SeenThread(
        state=State(thread.state),
        messages=messages,
        reply_by=thread.reply_by,
        missed=thread.missed,
        expires_date=thread.expires_date,
        keep=thread.keep,
        draft=drafts.loaded(
            opened.text(DRAFT, thread.pk, draft.body, version=draft.version) if draft else ""
        ),
        contact=contact_of(found),
        has_answer=bool(messages) and not messages[-1].is_mine,
        asked_for_change=None in settled,
        asked_for_place=bool(wishes) and wishes[-1][1] == Change.PLACE,
        has_another=arranged is not None
        and all(one.on <= arranged for one in messages if one.is_mine),
        revision=thread.revision,
        desk_id=thread.desk_id,
        meetings=meetings_of(found),
    )


def file_of(found: LockedThread, place: str) -> OpenedFile | None:
    """This will open a file by the numbers of its letter and of itself, "2.1"; None where the person sees no such."""
    numbers = _PLACE.fullmatch(place)
    if numbers is None:
        return None
    letters = _shown(found.thread).filter(number=int(numbers[1]))
    row = Attachment.objects.filter(message__in=letters, number=int(numbers[2])).first()
    if row is None:
        return None
    return OpenedFile(row.kind, row.media_type, found.opened.open(FILE, row.pk, row.data))


def revision_of(secret: bytes, *, on: date) -> tuple[UUID, int]:
    """This will give a thread's id and the number that grows with each change of it. Opens nothing.

    Raises NoSuchThread.
    """
    living = Q(consultation__expires_date__isnull=True) | Q(consultation__expires_date__gte=on)
    found = (
        Receipt.objects.filter(living, pk=address_of(secret))
        .values_list("consultation_id", "consultation__revision")
        .first()
    )
    if found is None:
        raise NoSuchThread
    return found


def contact_of(found: LockedThread) -> Contact:
    """This will give how the person wishes to be reached."""
    thread = found.thread
    if thread.contact is None:
        return Contact()
    return loaded(
        found.opened.open(CONTACT, thread.pk, thread.contact, version=thread.contact_version)
    )


def _shown(thread: Consultation) -> QuerySet[Message]:
    """What the person sees of a thread: not what staff noted of a call or a visit."""
    return thread.messages.exclude(door__in=NOTED)


def _files(thread: Consultation) -> dict[UUID, list[SeenFile]]:
    found: dict[UUID, list[SeenFile]] = {}
    rows: Iterable[Attachment] = (
        Attachment.objects.filter(consultation=thread)
        .defer("data")
        .annotate(size=Length("data"))
        .order_by("number")
    )
    for row in rows:
        removed, size = tuple(row.removed.split()), row.size  # type: ignore[attr-defined]
        seen_file = SeenFile(row.pk, row.kind, row.number, removed, size)
        found.setdefault(row.message_id, []).append(seen_file)
    return found
