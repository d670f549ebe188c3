"""Cells a spreadsheet would run as a formula, made harmless on the way out and whole again on the way in."""

import re

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula; wide forms are read as narrow.
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
_NEUTRAL = re.compile(r"^'+[=+\-@\t\r\n＝＋－＠]")


def neutral(text: str) -> str:
    """This will put an apostrophe before what could run. `whole` takes it away again."""
    return f"'{text}" if _FORMULA.match(text) or _NEUTRAL.match(text) else text


def whole(text: str) -> str:
    """This will give back what `neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would run this cell."""
    return _FORMULA.match(text) is not None
