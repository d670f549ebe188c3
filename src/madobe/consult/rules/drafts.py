"""A letter that was set aside, as the text that is sealed: its words, and what was chosen beside them."""

import json
from dataclasses import dataclass, field
from typing import Final

_CHOSEN: Final = (
    "\x00"  # no letter begins so: signs of control are taken out of everything that is typed
)


@dataclass(frozen=True)
class SetAside:
    """`who`, `wishes`: codes of choices.Who and choices.Wish. Its repr shows nothing of it."""

    text: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    wishes: tuple[str, ...] = field(default=(), repr=False)


def dumped(aside: SetAside) -> str:
    """This will give it as one text; where nothing was chosen, the words alone."""
    if not aside.who and not aside.wishes:
        return aside.text
    said = {"who": aside.who, "wishes": list(aside.wishes), "text": aside.text}
    return _CHOSEN + json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def loaded(plain: str) -> SetAside:
    """This will read it, whichever way it was written."""
    if not plain.startswith(_CHOSEN):
        return SetAside(plain)
    said = json.loads(plain[len(_CHOSEN) :])
    return SetAside(said["text"], said["who"], tuple(said["wishes"]))
