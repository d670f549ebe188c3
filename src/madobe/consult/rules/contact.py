"""How somebody wishes to be reached, if at all: only what they chose to say (domain.md §6.2, trust.md E10)."""

import json
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Contact:
    """All may stay empty. `safe_hours`, `must_not_know`, `other`: in their own words."""

    call_me: str = ""
    safe_hours: str = ""
    no_phone: bool = False
    no_letter: bool = False
    must_not_know: str = ""
    other: str = ""
    notice_to: str = ""  # an address for 「お知らせがあります」, nothing else

    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return self == Contact()


def stricter(here: Contact, other: Contact) -> Contact:
    """This will give what holds where two threads of one person become one: whatever either asks to leave undone."""

    def both(one: str, two: str) -> str:
        return "\n".join(dict.fromkeys(part for part in (one, two) if part))

    return Contact(
        call_me=here.call_me or other.call_me,
        safe_hours=both(here.safe_hours, other.safe_hours),
        no_phone=here.no_phone or other.no_phone,
        no_letter=here.no_letter or other.no_letter,
        must_not_know=both(here.must_not_know, other.must_not_know),
        other=both(here.other, other.other),
        notice_to=here.notice_to or other.notice_to,
    )


def dumped(contact: Contact) -> bytes:
    """This will give it as bytes to seal."""
    said = {name: value for name, value in asdict(contact).items() if value}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def loaded(plain: bytes) -> Contact:
    """This will read it; what a later release wrote besides is left aside."""
    known = {one.name for one in fields(Contact)}
    return Contact(**{name: value for name, value in json.loads(plain).items() if name in known})
