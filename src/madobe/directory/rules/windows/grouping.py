"""One window is listed once for every thing it does; here the rows of one window come together.

Rows belong together when, for the same municipality, they carry the same name (or section) and the same
telephone number; a row without a number joins the only window of that name, and a row that only gives the
switchboard joins the city hall. Two sections behind one switchboard stay two.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from madobe.directory.rules.windows.source import Window

_BRACKETS = re.compile(
    r"[（(](?:[^（()）]*(?:住居確保|生活保護|PDF|自立相談|福祉事務所)[^（()）]*)[)）]"
)
_LEGAL = re.compile(
    r"社会福祉法人|特定非営利活動法人|NPO法人|一般社団法人|公益社団法人|医療法人(?:社団|財団)?"
)
_SWITCHBOARD = re.compile("公式一覧・代表電話案内|担当へつないでもらう")


def clean_name(name: str) -> str:
    """This will give a window's name without what only says which row it is (（住居確保給付金）, （PDF：2KB）)."""
    plain = (
        re.sub(r"\s+", " ", _BRACKETS.sub("", unicodedata.normalize("NFKC", name))).strip() or name
    )
    hall = re.fullmatch(r"(.+?([市区町村]))役(?:所・役場|所|場)", plain)
    return f"{hall[1]}{'役所' if hall[2] in '市区' else '役場'}" if hall else plain


def group(windows: Iterable[Window]) -> list[tuple[Window, ...]]:
    """This will give the windows of each service, in the order of the file; every row is in exactly one."""
    by_scope: dict[str, list[Window]] = defaultdict(list)
    for window in windows:
        by_scope[window.coverage.scope].append(window)
    found = [one for rows in by_scope.values() for one in _within(rows)]
    return sorted(found, key=lambda one: one[0].number)


def _within(rows: Sequence[Window]) -> list[tuple[Window, ...]]:
    home = list(range(len(rows)))

    def root(index: int) -> int:
        while home[index] != index:
            index = home[index]
        return index

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        home[second] = first

    seen: dict[tuple[str, str], int] = {}
    homes_of: dict[str, set[int]] = defaultdict(set)
    silent: list[int] = []
    halls = [
        i
        for i, row in enumerate(rows)
        if row.cells["categoryId"] == "unknown" and row.cells["contactType"] == "representative"
    ]
    for index, row in enumerate(rows):
        number = row.cells["phone"]
        if _is_switchboard(row) and halls:
            join(index, halls[0])
            continue
        if not number:
            silent.append(index)
            continue
        for token in _tokens(row):
            join(index, seen.setdefault((token, number), index))
            homes_of[token].add(index)
    for index in silent:
        near = {
            root(i)
            for token in _tokens(rows[index])
            for i in homes_of[token]
            if _same_place(rows[index], rows[i])
        }
        if len(near) == 1:
            join(index, near.pop())
            continue
        for token in _tokens(rows[index]):
            join(index, seen.setdefault((token, f"@{_place(rows[index])}"), index))
    groups: dict[int, list[Window]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[root(index)].append(row)
    return [tuple(one) for one in groups.values()]


def _is_switchboard(row: Window) -> bool:
    return any(_SWITCHBOARD.search(row.cells[cell]) for cell in ("name", "plainName"))


def _tokens(row: Window) -> set[str]:
    """What a row calls its window: its name and its section, in one spelling, without the town's own name."""
    town = row.coverage.name
    tokens = set()
    for cell in ("name", "department"):
        plain = re.sub(r"[\s・･,、()（）「」]", "", _LEGAL.sub("", clean_name(row.cells[cell])))
        if plain and plain not in (town, f"{town}役所", f"{town}役場"):
            tokens.add(plain.removeprefix(town))
    return {token for token in tokens if len(token) > 1} or {clean_name(row.cells["name"])}


def _place(row: Window) -> str:
    return re.sub(r"[\s\-－ー−丁目番地号]", "", unicodedata.normalize("NFKC", row.cells["address"]))


def _same_place(one: Window, other: Window) -> bool:
    """Whether nothing says that the two are at different places."""
    return not one.cells["address"] or not other.cells["address"] or _place(one) == _place(other)
