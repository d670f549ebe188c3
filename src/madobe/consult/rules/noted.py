"""What staff note beside a thread, as it is sealed: facts, somebody's words and a view of them kept apart."""

import json
from dataclasses import asdict, dataclass, fields
from typing import TypeVar


@dataclass(frozen=True, repr=False)
class Noted:
    """A note. domain.md §6.6: the family's words and the person's words are never one text with our view of them."""

    facts: str = ""
    words: str = ""
    view: str = ""


@dataclass(frozen=True, repr=False)
class Danger:
    """Why a danger is seen, and who may be called, as agreed with the person."""

    basis: str = ""
    contacts: str = ""


@dataclass(frozen=True, repr=False)
class Abuse:
    """On what basis a notification is thought of, and where it went."""

    basis: str = ""
    where: str = ""


T = TypeVar("T", Noted, Danger, Abuse)


def dumped(noted: Noted | Danger | Abuse) -> bytes:
    """This will give it as bytes to seal."""
    said = {name: value for name, value in asdict(noted).items() if value}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def loaded(kind: type[T], plain: bytes) -> T:
    """This will read it; what a later release wrote besides is left aside."""
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in json.loads(plain).items() if name in known})
