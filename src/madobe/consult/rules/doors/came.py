"""What a letter that came by a channel says, as one text and some files."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from madobe.channels.rules.incoming import Incoming, Kind
from madobe.consult.rules.attachments import Cleaned, NotTaken, Reason, clean

MOST_FILES: Final = 10
LONGEST: Final = 60_000  # signs; nothing is cut off without a line that says so
ANSWERS_NOTHING: Final = frozenset({Kind.JOINED, Kind.LEFT, Kind.UNSENT, Kind.AUTOMATIC})


@dataclass(frozen=True, repr=False)
class Came:
    """What is kept of it."""

    text: str
    files: tuple[Cleaned, ...] = ()

    @property
    def parts(self) -> Sequence[Cleaned]:
        return self.files


@dataclass(frozen=True, repr=False)
class Words:
    """The few sentences around what came, in the language letters here are kept in."""

    subject: Callable[[str], str]
    history: str
    cut: str
    not_kept: Callable[[int, Reason], str]


@dataclass(frozen=True)
class Place:
    """An address as it is sealed: where an answer goes, and by which names a mail program keeps letters together."""

    value: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    letter_id: str = field(default="", repr=False)
    earlier: tuple[str, ...] = field(default=(), repr=False)

    def dumped(self) -> bytes:
        """This will give it as bytes to seal."""
        said = {"value": self.value, "name": self.name, "letter_id": self.letter_id}
        return json.dumps(said | {"earlier": list(self.earlier)}, ensure_ascii=False).encode()

    def after(self, letter_id: str) -> "Place":
        """This will give it with one more letter behind it; the names of the last ten are enough for any program."""
        if not letter_id:
            return self
        earlier = (*self.earlier, self.letter_id) if self.letter_id else self.earlier
        return Place(self.value, self.name, letter_id, earlier[-10:])


def place_loaded(plain: bytes) -> Place:
    """This will read it."""
    said = json.loads(plain)
    return Place(
        said.get("value", ""),
        said.get("name", ""),
        said.get("letter_id", ""),
        tuple(said.get("earlier", ())),
    )


def came(incoming: Incoming, words: Words) -> Came:
    """This will give what is kept: all words, files that can be made safe, and a line for each that cannot."""
    kept, lines = _files(incoming, words)
    said = [incoming.text.strip("\n")] if incoming.text.strip() else []
    subject = incoming.subject.strip()
    if subject and subject != incoming.text.strip():
        said.insert(0, words.subject(subject))
    if incoming.visible_line.strip():
        said.append(incoming.visible_line)
    said += lines
    if incoming.folded.strip():
        said += [words.history, incoming.folded.strip("\n")]
    text = "\n\n".join(said)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}\n\n{words.cut}"
    return Came(text, kept)


def is_read_for_danger(incoming: Incoming) -> bool:
    """This will tell whether these are words of the person's own."""
    return incoming.kind not in ANSWERS_NOTHING


def _files(incoming: Incoming, words: Words) -> tuple[tuple[Cleaned, ...], list[str]]:
    kept: list[Cleaned] = []
    lines: list[str] = []
    for number, file in enumerate(incoming.files, start=1):
        try:
            if number > MOST_FILES:
                raise NotTaken(Reason.TOO_MANY)
            kept.append(clean(file.name, file.data, number=number))
        except NotTaken as said:
            lines.append(words.not_kept(number, said.reason))
    return tuple(kept), lines
