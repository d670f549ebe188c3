"""Two entries into one: what can be chosen, what follows from it, and how it is taken back. Plain values only.

A written row is {"table", "pk", "was", "became"}: `was` None for a row that is new, `became` None for one taken
away; for a changed row both hold only the columns that differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KEEP, OTHER, BOTH = "keep", "other", "both"
EMPTY: tuple[Any, ...] = ("", None, [])


@dataclass(frozen=True)
class Part:
    """One thing to choose about. `columns` of the entry, or the rows named so. `joins`: both is the usual choice."""

    name: str
    columns: tuple[str, ...] = ()
    is_list: bool = False
    joins: bool = False


def _column(name: str, *more: str) -> Part:
    return Part(name, (name, *more))


def _list(name: str) -> Part:
    return Part(name, (name,), is_list=True, joins=True)


SERVICE_PARTS = (
    _column("name"), _column("alternate_name"), _column("description"),
    _column("role_text"), _column("content_text"), _column("when_to_use"), _column("first_visit"),
    Part("kinds", joins=True), Part("areas", joins=True),
    Part("phones", joins=True), Part("text_doors", joins=True),
    _column("url"), _column("email"),
    Part("schedules"), _column("hours_prose"), Part("service_at_locations"), Part("contacts", joins=True),
    _column("application_process"), _column("apply_at_kind"),
    Part("eligibilities"), _column("eligibility_description"), Part("usage_limits"),
    _list("notices"), _list("methods"), _list("audience"), _list("functions"), _list("professions"),
    _list("stages"),
    _column("anonymous_ok"), _column("family_only_ok"), _column("camera_off_ok"), _column("reservation"),
    _column("fee"), _column("fees_description"), _column("extra_costs"), Part("cost_options"),
    _column("availability", "availability_note", "availability_date"), _column("capacity"),
    _column("max_months"), Part("languages", joins=True), Part("links", joins=True), _column("alert"), Part("alerts", joins=True),
    _column("source_name", "source_url", "source_page_id", "source_updated_date"),
    _column("last_verified_date"),
)  # fmt: skip
ORGANIZATION_PARTS = (
    _column("name"), _column("name_kana"), _column("alternate_name"), _column("description"),
    _column("email"), _column("website"), _column("corporate_number"), _column("registration"),
    _column("source_name", "source_url"), _column("last_verified_date"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One part as a preview shows it. `options` has more than one where there is something to choose."""

    part: Part
    keep: Any
    other: Any
    options: tuple[str, ...]
    chosen: str

    @property
    def result(self) -> Any:
        """What the kept entry will hold."""
        if self.chosen == BOTH:
            return joined(self.keep, self.other)
        return self.keep if self.chosen == KEEP else self.other


def line(part: Part, keep: Any, other: Any, choice: str = "") -> Line:
    """This will say what can be chosen, and what is; a choice that is not offered falls back to the usual one."""
    many = not part.columns or part.is_list
    if keep == other or _is_empty(other) or (many and _holds(keep, other)):
        options: tuple[str, ...] = (KEEP,)
    elif _is_empty(keep):
        options = (OTHER, KEEP)
    elif many:
        options = (BOTH, KEEP, OTHER) if part.joins else (KEEP, OTHER, BOTH)
    else:
        options = (KEEP, OTHER)
    return Line(part, keep, other, options, choice if choice in options else options[0])


def joined(keep: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """This will give the first's, then what only the second has. Rows are the same when their `key` is."""
    known = [_key(one) for one in keep]
    return [*keep, *(one for one in other if _key(one) not in known)]


def joined_aliases(name: str, *names: Iterable[str]) -> list[str]:
    """This will give every other spelling once, the name itself left out."""
    return [
        one for one in dict.fromkeys(n for group in names for n in group) if one and one != name
    ]


def _key(one: Any) -> Any:
    return one["key"] if isinstance(one, Mapping) else one


def _is_empty(value: Any) -> bool:
    return all(one in EMPTY for one in value) if isinstance(value, tuple) else value in EMPTY


def _holds(keep: Sequence[Any], other: Sequence[Any]) -> bool:
    known = [_key(one) for one in keep]
    return all(_key(one) in known for one in other)


Row = dict[str, Any]


def written(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """This will give what differs between two dumps (rows of {"table", "pk", "values"}), in their order."""
    was = {(one["table"], one["pk"]): one["values"] for one in before}
    became = {(one["table"], one["pk"]): one["values"] for one in after}
    changes = []
    for table, pk in dict.fromkeys([*was, *became]):
        old, new = was.get((table, pk)), became.get((table, pk))
        if old == new:
            continue
        if old is not None and new is not None:
            columns = [one for one in old if old[one] != new[one]]
            old, new = {c: old[c] for c in columns}, {c: new[c] for c in columns}
        changes.append({"table": table, "pk": pk, "was": old, "became": new})
    return changes


def then(first: Sequence[Row], second: Sequence[Row]) -> list[Row]:
    """This will give one list of changes that does what both did, one after the other."""
    found = {(one["table"], one["pk"]): dict(one) for one in first}
    for one in second:
        place = (one["table"], one["pk"])
        if place not in found:
            found[place] = dict(one)
            continue
        earlier = found[place]
        was, became = earlier["was"], one["became"]
        if was is not None and became is not None:  # changed, then changed
            was = {**one["was"], **was} if one["was"] is not None else was
            became = {**(earlier["became"] or {}), **became}
        elif was is None and became is not None:  # new, then changed
            became = {**(earlier["became"] or {}), **became}
        elif (
            was is not None and became is None and one["was"] is not None
        ):  # changed, then taken away
            was = {**one["was"], **was}
        earlier["was"], earlier["became"] = was, became
    return [one for one in found.values() if one["was"] != one["became"]]


@dataclass(frozen=True)
class Conflict:
    """Something a merge wrote that was changed since: taking the merge back would lose `now`."""

    table: str
    pk: str
    column: str  # "" for a whole row
    was: Any
    became: Any
    now: Any

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.table}:{self.pk}:{self.column}"


def conflicts(change: Row, now: Mapping[str, Any] | None) -> list[Conflict]:
    """This will say what of one written row was changed since. `now`: its columns as they stand, None if gone."""
    table, pk, was, became = change["table"], change["pk"], change["was"], change["became"]
    if was is None:
        return [] if now is None or now == became else [Conflict(table, pk, "", was, became, now)]
    if became is None:
        return []
    if now is None:
        return [Conflict(table, pk, "", was, became, None)]
    return [
        Conflict(table, pk, column, was[column], became[column], now[column])
        for column in was
        if column != "updated_at" and now[column] not in (became[column], was[column])
    ]
