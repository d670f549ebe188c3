"""Who is writing at this moment: 「書いています…」, shown to each of two only while both wish it.

A small table of records side by side in memory that several processes may share without a lock. Each side of a thread
has a record of its own, named by a keyed hash, and each record carries a check over itself: one that was torn or mixed
by two who wrote at once counts as none. So a sign can get lost, for a moment; it can never be another thread's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from struct import Struct
from typing import Final, Protocol
from uuid import UUID

LIVES_S: Final = 60  # a record that nobody renews
WRITES_S: Final = 9  # "a moment ago": two rounds of the page's asking
SLOTS: Final = 512
TRIED: Final = 8  # places a record may stand at
_RECORD: Final = Struct("<8sII4s")  # name, wishes until, writes until (seconds), check
_EMPTY: Final = bytes(_RECORD.size)
SIZE: Final = SLOTS * _RECORD.size  # bytes


class Side(StrEnum):
    """Whose sign."""

    PERSON = "person"
    STAFF = "staff"

    @property
    def other(self) -> "Side":
        """Who sees it."""
        return Side.STAFF if self is Side.PERSON else Side.PERSON


class Sign(StrEnum):
    """What a page says of whoever sits before it."""

    NO = "no"  # no longer
    WISH = "wish"
    WRITING = "writing"


class Cells(Protocol):
    """Bytes that can be changed: a bytearray, shared memory."""

    def __len__(self) -> int: ...
    def __getitem__(self, key: slice, /) -> bytes | bytearray: ...
    def __setitem__(self, key: slice, value: bytes, /) -> None: ...


def sign_of(said: str) -> Sign | None:
    """This will read what a page said; None where it said nothing of the kind."""
    return {one.value: one for one in Sign}.get(said)


@dataclass(frozen=True)
class Table:
    """`cells`: a multiple of 24 bytes, zeros at first. `key`: 32 bytes, the same for all who share them."""

    cells: Cells = field(repr=False)
    key: bytes = field(repr=False)

    def exchange(self, thread: UUID, side: Side, sign: Sign, *, now: int) -> bool:
        """This will note a side's sign and tell whether the other is writing: False unless both wish it.

        `now`: whole seconds, of the same clock for all. What has had its time is wiped, whosesoever it was.
        """
        self._wipe(now)
        self._note(self._name(thread, side), sign, now)
        if sign is Sign.NO:
            return False
        other = self._name(thread, side.other)
        return any(
            name == other and now < wishes and now < writes
            for name, wishes, writes in (self._read(place, now) for place in self._places(other))
        )

    def _note(self, name: bytes, sign: Sign, now: int) -> None:
        places = list(self._places(name))
        held = {place: self._read(place, now)[0] for place in places}
        mine = [place for place in places if held[place] == name]
        for place in mine[1:] if sign is not Sign.NO else mine:
            self._write(place, _EMPTY)
        if sign is Sign.NO:
            return
        free = [place for place in places if not held[place]]
        for place in (mine or free)[:1]:  # where none is free, the sign is not shown
            writes = now + WRITES_S if sign is Sign.WRITING else self._read(place, now)[2]
            self._write(place, self._checked(name, now + LIVES_S, writes))

    def _places(self, name: bytes) -> Iterator[int]:
        count = len(self.cells) // _RECORD.size
        start = int.from_bytes(name, "little")
        return ((start + step) % count for step in range(min(TRIED, count)))

    def _read(self, place: int, now: int) -> tuple[bytes, int, int]:
        """The name and times of a record; b"" and zeros where none stands that is whole and alive."""
        body = bytes(self.cells[place * _RECORD.size : (place + 1) * _RECORD.size])
        name, wishes, writes, _ = _RECORD.unpack(body)
        alive = now < wishes <= now + LIVES_S and writes <= now + WRITES_S
        if not alive or body != self._checked(name, wishes, writes):
            return b"", 0, 0
        return name, wishes, writes

    def _write(self, place: int, record: bytes) -> None:
        self.cells[place * _RECORD.size : (place + 1) * _RECORD.size] = record

    def _wipe(self, now: int) -> None:
        for place, record in enumerate(_RECORD.iter_unpack(bytes(self.cells[:]))):
            if any(record[0]) and not self._read(place, now)[0]:
                self._write(place, _EMPTY)

    def _name(self, thread: UUID, side: Side) -> bytes:
        return blake2b(thread.bytes + side.encode(), key=self.key, digest_size=8).digest()

    def _checked(self, name: bytes, wishes: int, writes: int) -> bytes:
        times = wishes.to_bytes(4, "little") + writes.to_bytes(4, "little")
        check = blake2b(name + times, key=self.key, digest_size=4, person=b"check").digest()
        return name + times + check
