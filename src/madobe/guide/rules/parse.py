"""Read one situation of contract.md from plain values; refuse it in one sentence that tells how to mend it."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from .situation import UNKNOWN, USE, WHO, Situation, SituationError
from .tables import TABLES

LISTS = {  # key of the situation -> kind of code it holds
    "signs": "sign",
    "wants": "want",
    "person_wants": "want",
    "constraints": "constraint",
    "person_constraints": "constraint",
}
OLDEST = 120  # years
LONGEST = 1200  # months: a hundred years
KEYS = ("id", "who", "municipality", "age", "months", *LISTS, "free_text", "use")


def parse_situation(item: Any, *, position: int = 1) -> Situation:
    """A Situation from a mapping; `position` (from 1) names the item in the sentence of a SituationError.

    Keys that are not part of a situation (notes, expectations of a test) are left alone, unless one looks
    like a slip of a known key.
    """
    if not isinstance(item, Mapping):
        raise SituationError(
            f"Item {position} is {_kind(item)}, not a situation; write it as keys and values, "
            "for example 'who: family' and 'signs: [no_talk]'."
        )
    where = _where(item, position)
    _check_keys(item, where)
    return Situation(
        id="" if item.get("id") is None else str(item["id"]),
        who=_choice(item.get("who"), "who", WHO, where),
        municipality=_municipality(item.get("municipality"), where),
        age=_number(item.get("age"), "age", OLDEST, "years", where),
        months=_number(item.get("months"), "months", LONGEST, "months", where),
        signs=_codes(item, "signs", where),
        wants=_codes(item, "wants", where),
        person_wants=_codes(item, "person_wants", where),
        constraints=_codes(item, "constraints", where),
        person_constraints=_codes(item, "person_constraints", where),
        free_text=_free_text(item.get("free_text"), where),
        use=_choice(item.get("use"), "use", USE, where) or "all",
    )


def _where(item: Mapping[Any, Any], position: int) -> str:
    name = item.get("id")
    return (
        f"Item {position} ({name})"
        if isinstance(name, str | int) and name != ""
        else f"Item {position}"
    )


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    names = {
        str: "a text",
        bool: "a yes/no value",
        int: "a number",
        float: "a number",
        list: "a list",
    }
    return names.get(
        type(value), "a set of keys and values" if isinstance(value, Mapping) else "something else"
    )


def _nearest(word: str, known: Collection[str]) -> str:
    found = difflib.get_close_matches(word, [k for k in known if k], n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else "."


def _check_keys(item: Mapping[Any, Any], where: str) -> None:
    for key in item:
        if not isinstance(key, str):
            raise SituationError(
                f"{where}: the key {key!r} is {_kind(key)}; keys are names such as 'signs'."
            )
        if key in KEYS:
            continue
        slip = difflib.get_close_matches(
            key, [known for known in KEYS if known not in item], n=1, cutoff=0.85
        )
        if slip:
            raise SituationError(f"{where}: unknown key {key!r}; did you mean {slip[0]!r}?")


def _choice(value: Any, key: str, allowed: tuple[str, ...], where: str) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise SituationError(
            f"{where}: {key} is {_kind(value)}; it is one of {_listed(allowed)}, or empty."
        )
    if value not in allowed:
        raise SituationError(
            f"{where}: {key} is {_short(value)}; it is one of {_listed(allowed)}, or empty{_nearest(value, allowed)}"
        )
    return value


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(word for word in words if word)


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:57] + "…")


def _number(value: Any, key: str, most: int, unit: str, where: str) -> int:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        found = _short(value) if isinstance(value, str) else _kind(value)
        raise SituationError(
            f"{where}: {key} is {found}; it is a whole number of {unit}, or null when nobody said."
        )
    if not 0 <= value <= most:
        raise SituationError(
            f"{where}: {key} is {value}; it is between 0 and {most} {unit}, or null when nobody said."
        )
    return value


def _municipality(value: Any, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return str(value)
    if not isinstance(value, str):
        raise SituationError(
            f"{where}: municipality is {_kind(value)}; it is a code, a name such as '昭島市', a prefecture, or empty."
        )
    return value.strip()


def _free_text(value: Any, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SituationError(f"{where}: free_text is {_kind(value)}; put the sentence in quotes.")
    return value


def _codes(item: Mapping[Any, Any], key: str, where: str) -> frozenset[str]:
    value = item.get(key)
    if value is None:
        return frozenset()
    if isinstance(value, str):
        example = f"[{value.strip()}]" if value.strip() else "[]"
        raise SituationError(
            f"{where}: {key} is a text; write a list, for example {key}: {example[:60]}."
        )
    if not isinstance(value, list | tuple | set | frozenset):
        raise SituationError(f"{where}: {key} is {_kind(value)}; write a list of codes, or [].")
    kind = LISTS[key]
    known = TABLES.codes_of(kind)
    for code in value:
        if not isinstance(code, str):
            raise SituationError(
                f"{where}: {key} holds {_kind(code)}; it is a list of codes such as {next(iter(known))!r}."
            )
        if code not in known:
            raise SituationError(_unknown_code(code, key, known, where))
    return frozenset(value)


def _unknown_code(code: str, key: str, known: Collection[str], where: str) -> str:
    elsewhere = TABLES.code(code)
    if elsewhere is not None:
        home = next(name for name, kind in LISTS.items() if kind == elsewhere.kind)
        return f"{where}: {code!r} in {key} is a code of another list; move it to {home!r}."
    return f"{where}: unknown code {_short(code)} in {key}{_nearest(code, known)}"
