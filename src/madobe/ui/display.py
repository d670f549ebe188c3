"""How a reader wants pages shown, carried in the first segment of every address: never a cookie, never storage."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

LANGUAGES = {"ja": "ja", "yasashii": "ja-easy", "en": "en"}  # segment -> gettext language
_SHAPE = re.compile(r"(ja|yasashii|en)(?:-(?=[lxuf])([lx]?)(u?)(f?))?")


@dataclass(frozen=True)
class Display:
    """Language, text size ("", "l", "x"), UD letterform and furigana. `str()` gives the canonical segment."""

    language: str = "ja"
    size: str = ""
    letterform: bool = False
    furigana: bool = False

    def __str__(self) -> str:
        options = self.size + "u" * self.letterform + "f" * self.furigana
        return f"{self.language}-{options}" if options else self.language

    @property
    def css(self) -> str:
        """Classes of <html>: the style sheet does the rest."""
        names = [f"size-{self.size}"] if self.size else []
        names += ["letterform"] * self.letterform + ["furigana"] * self.furigana
        return " ".join(names)

    @property
    def locale(self) -> str:
        """The gettext language: "ja", "ja-easy" or "en"."""
        return LANGUAGES[self.language]

    def but(self, **changes: Any) -> "Display":
        """This display with something changed."""
        return replace(self, **changes)


def display_of(request: HttpRequest) -> Display:
    """This will give the reader's choice; plain Japanese for an address without one."""
    return getattr(request, "display", None) or Display()


class DisplayConverter:
    """The first segment of a public address; only its canonical spelling is an address at all."""

    regex = r"(?:ja|yasashii|en)(?:-[lx]?u?f?)?"

    def to_python(self, value: str) -> Display:
        found = _SHAPE.fullmatch(value)
        if found is None:
            raise ValueError(value)
        return Display(found[1], found[2] or "", bool(found[3]), bool(found[4]))

    def to_url(self, value: Display | str) -> str:
        return str(value)
