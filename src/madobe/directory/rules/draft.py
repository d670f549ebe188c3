"""A service as one source gives it, in plain values: the same shape from every source.

A source reads its rows into drafts; `actions/importing` writes drafts and knows no source. Values are plain
(text, numbers, lists, dictionaries; days as "2026-08-01", times as "09:00"), so that two imports can be compared.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from madobe.directory.rules.hours_compose import ScheduleRow

PLACE: Mapping[str, Any] = {
    "name": "", "description": "", "postal_code": "", "state_province": "", "city": "", "region": "",
    "address_1": "", "address_2": "", "building": "", "floor": "", "window": "",
    "municipality": "", "latitude": None, "longitude": None,
}  # fmt: skip
PHONE: Mapping[str, Any] = {
    "number": "", "kind": "voice", "is_toll_free": False, "description": "", "extension": None,
    "extension_last": None,
}  # fmt: skip


@dataclass(frozen=True)
class OrganizationDraft:
    """Who runs a service. Looked for by `corporate_number`, then by `identity`, then, if `is_known_by_name`,
    by its name among those of other sources; made where it is not found.
    """

    identity: tuple[str, ...]  # the same words are the same organization for ever
    name: str
    sector: str
    name_kana: str = ""
    alternate_name: str = ""
    aliases: tuple[str, ...] = ()
    corporate_number: str = ""
    website: str = ""
    email: str = ""
    description: str = ""
    standing: str = "register"  # choices.Standing of a new one
    is_known_by_name: bool = False
    source_name: str = ""
    source_url: str = ""
    last_verified_date: str = ""


@dataclass(frozen=True)
class ServiceDraft:
    """One service. `keys` are the rows it stands on, the one it takes its name from first.

    `fields` are columns of Service; `parts` what hangs on it, by the names of `actions.importing.parts.PARTS`
    (absent: this source says nothing about it).
    """

    keys: tuple[str, ...]
    organization: OrganizationDraft
    fields: dict[str, Any]
    parts: dict[str, Any] = field(default_factory=dict)
    id: str = ""  # of a service that is new, where the source has one; else made of the keys

    @property
    def is_shown(self) -> bool:
        return bool(self.fields["status"] == "published")

    def digest(self) -> str:
        """This will give the same 64 characters for the same draft: an import passes over what it gave before."""
        said = [self.keys, vars(self.organization), self.fields, self.parts]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def place(**said: Any) -> dict[str, Any]:
    """This will give a place with every column. Without a street (`address_1`) only `description` says where."""
    unknown = set(said) - set(PLACE)
    if unknown:
        raise TypeError(f"a place has no {', '.join(sorted(unknown))}")
    return {**PLACE, **said}


def phone(number: str, **said: Any) -> dict[str, Any]:
    """This will give a telephone number with every column."""
    free = number.startswith(("0120", "0800"))
    return {**PHONE, "number": number, "is_toll_free": free, **said}


def timetable(row: ScheduleRow, notes: str) -> dict[str, Any]:
    """This will give the columns of one row of a timetable that are set (byday and notes always); times "HH:MM"."""
    unset = asdict(ScheduleRow())
    said = {column: value for column, value in asdict(row).items() if value != unset[column]}
    always = {"kind": row.kind, "freq": row.freq, "byday": row.byday, "notes": notes}
    return said | always
