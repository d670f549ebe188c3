"""Who may open what: the one table, read and asked. See tables/permissions.yaml for its form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from madobe.accounts.rules.door import Standing

TABLE = Path(__file__).resolve().parent.parent / "tables" / "permissions.yaml"

PUBLIC, SIGNED_LINK = "public", "signed_link"
SETTING_UP, SIGNED_IN = "setting_up", "signed_in"
WORDS = frozenset({PUBLIC, SIGNED_LINK, SETTING_UP, SIGNED_IN})
ROLES = frozenset(
    {"editor", "verifier", "counsellor", "coordinator", "officer", "organiser", "statistician", "admin"}
)  # fmt: skip
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RowSaysNothing(Exception):
    """A row of the table cannot be read; the message names it and says what may stand there."""


@dataclass(frozen=True)
class Cell:
    """Who may call one address with one method: a word, or one of the roles."""

    word: str = ""
    roles: frozenset[str] = frozenset()

    def open_to(self, standing: Standing, roles: Collection[str]) -> bool:
        """This will tell whether somebody who has come this far, holding these roles anywhere, may."""
        if self.word in {PUBLIC, SIGNED_LINK}:
            return True
        if self.word == SETTING_UP:
            return standing in {Standing.SETTING_UP, Standing.INSIDE}
        return standing is Standing.INSIDE and (
            self.word == SIGNED_IN or not self.roles.isdisjoint(roles)
        )


@dataclass(frozen=True)
class Permissions:
    """The whole table: (name of the address, method) -> cell."""

    cells: Mapping[tuple[str, str], Cell]

    def cell(self, name: str, method: str) -> Cell | None:
        """This will give the cell, or None where the table has none: then nobody may. HEAD is a GET."""
        return self.cells.get((name, "GET" if method == "HEAD" else method))


@cache
def load(path: Path = TABLE) -> Permissions:
    """This will read the table. Raises RowSaysNothing for a row with a word or role nobody knows."""
    return read(yaml.safe_load(path.read_text(encoding="utf-8")))


def read(document: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Permissions:
    """This will read a document in the form of the table."""
    cells = {}
    for app, rows in document.items():
        for row, methods in rows.items():
            name = f"{app}:{row}" if app != "plain" else row
            for method, who in methods.items():
                cells[name, method] = _cell(name, method, who)
    return Permissions(cells)


def _cell(name: str, method: str, who: object) -> Cell:
    if method not in METHODS:
        raise RowSaysNothing(f"{name}: {method!r} is no method; there are {sorted(METHODS)}")
    if isinstance(who, str) and who in WORDS:
        return Cell(word=who)
    if isinstance(who, list) and who and ROLES.issuperset(who):
        return Cell(roles=frozenset(who))
    raise RowSaysNothing(
        f"{name} {method}: {who!r} is neither one of {sorted(WORDS)} nor a list of {sorted(ROLES)}"
    )
