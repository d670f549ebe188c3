"""From one row of the spreadsheet to one service, and back to the cells of a row."""

import json
from collections.abc import Mapping
from typing import Any

from madobe.directory.municipalities import by_code
from madobe.directory.rules.csv_file import Problem, Row
from madobe.directory.rules.draft import OrganizationDraft, ServiceDraft, place
from madobe.directory.rules.sheet.cells import CellError, area_name, joined, read_cell
from madobe.directory.rules.sheet.columns import Codes, Column, column_of, columns
from madobe.directory.rules.sheet.hours import write_hours
from madobe.directory.rules.sheet.neutral import looks_like_formula, whole
from madobe.directory.rules.tidy import key_of, tidy

MORE = ("schedules", "eligibilities", "usage_limits", "cost_options", "languages", "links", "contact")  # fmt: skip
_PLACE = {
    "place_name": "name", "postal_code": "postal_code", "building": "building", "floor": "floor",
    "window": "window", "latitude": "latitude", "longitude": "longitude", "municipality": "municipality",
    "address": "address_1", "address_text": "description",
}  # fmt: skip
_FOR_PUBLISHING = ("when_to_use", "source_name", "last_verified_date")


def read_row(row: Row, codes: Codes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """This will read one row: its values by column id (None: not taken) and what is wrong in it.

    An empty cell is None, a column that is not there or cannot be read is left out: the row says nothing on it.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for header, written in row.cells.items():
        column = column_of(header)
        if column is None:
            continue
        text = whole(_kept(written))
        if looks_like_formula(written) and written.strip("-－ "):
            problems.append(Problem(row.number, header, written[:100], "式のように見えます。計算はせず、文字のまま読みました。"))  # fmt: skip
        try:
            values[column.id] = read_cell(column, text, codes) if text.strip() else None
        except CellError as error:
            kept = (
                "この行は取りこんでいません。"
                if column.needed
                else "この欄は読まずに、行を取りこみました。"
            )
            problems.append(Problem(row.number, header, written[:100], f"{error}{kept}"))
    missing = [one for one in columns().values() if one.needed and not values.get(one.id)]
    if not missing:
        return values, problems
    told = {problem.column for problem in problems}
    problems += [
        Problem(
            row.number, one.header, "", f"{one.label}がありません。この行は取りこんでいません。"
        )
        for one in missing
        if one.header not in told and one.id not in told
    ]
    return None, problems


def row_key(values: Mapping[str, Any]) -> str:
    """This will give what a row is known by: its own number, else name and place."""
    if values.get("id"):
        return tidy(values["id"])[:200]
    return f"{key_of(values['name'])}@{values.get('municipality') or values['areas'][0][0]}"[:200]


def draft_of(values: Mapping[str, Any], *, key: str, service_id: str = "") -> ServiceDraft:
    """This will make a service of the values of one row: entered by hand, so it waits for a person to vet it."""
    fields: dict[str, Any] = {
        one.field: _or_empty(one, values[one.id])
        for one in columns().values()
        if one.field and one.id in values
    }
    is_complete = all(values.get(name) for name in _FOR_PUBLISHING)
    fields["status"] = "checked" if is_complete else "draft"
    return ServiceDraft(
        keys=(key,),
        organization=_organization(values),
        fields=fields,
        parts=_parts(values),
        id=service_id,
    )


def cells_of(values: Mapping[str, Any], codes: Codes) -> dict[str, str]:
    """This will write one service as cells by column id; `read_row` gives the same values back."""
    left: dict[str, Any] = {name: values[name] for name in MORE if values.get(name) and name != "schedules"}  # fmt: skip
    entries, other_hours = write_hours(values.get("schedules") or [])
    if other_hours:
        left["schedules"] = other_hours
    cells = {}
    for column in columns().values():
        value = values.get(column.id)
        if column.kind == "hours":
            cells[column.id] = joined(entries)
        elif column.kind == "more":
            cells[column.id] = json.dumps(left, ensure_ascii=False, sort_keys=True) if left else ""
        elif value in (None, "", []):
            cells[column.id] = ""
        else:
            cells[column.id] = _written(column, value, codes)
    return cells


def _written(column: Column, value: Any, codes: Codes) -> str:
    match column.kind:
        case "code":
            return codes[column.codes][value]
        case "codes":
            return joined([codes[column.codes][one] for one in value if one in codes[column.codes]])
        case "words":
            return joined(value)
        case "yes_no":
            return "はい" if value else "いいえ"
        case "mark":
            return "はい" if value else ""
        case "areas":
            return joined([area_name(extent) for extent, _ in value])
        case "municipality":
            return area_name(value)
        case "phones":
            return joined([_phone(one) for one in value])
        case "doors":
            return joined([_door(one, codes) for one in value])
        case "decimal":
            return f"{value:.8f}".rstrip("0")
        case _:
            return str(value)


def _phone(one: Mapping[str, Any]) -> str:
    last = f"〜{one['extension_last']}" if one.get("extension_last") else ""
    extension = f" 内線{one['extension']}{last}" if one["extension"] else ""
    note = f"（{one['description']}）" if one["description"] else ""
    return f"{'FAX ' if one['kind'] == 'fax' else ''}{one['number']}{extension}{note}"


def _door(one: Mapping[str, Any], codes: Codes) -> str:
    label = f"（{one['label']}）" if one["label"] else ""
    return f"{codes['DoorKind'][one['kind']]} {one['address']}".strip() + label


def _organization(values: Mapping[str, Any]) -> OrganizationDraft:
    name, number = tidy(values["organization"])[:200], values.get("corporate_number") or ""
    prefecture = values["areas"][0][0][:2]
    return OrganizationDraft(
        identity=("corporate", number) if number else ("sheet", prefecture, key_of(name)),
        name=name,
        name_kana=values.get("organization_kana") or "",
        corporate_number=number,
        website=values.get("organization_website") or "",
        sector=values.get("organization_sector") or "public",
        standing="unvetted",
        is_known_by_name=True,
        source_name=values.get("source_name") or "",
        source_url=values.get("source_url") or "",
        last_verified_date=values.get("last_verified_date") or "",
    )


def _parts(values: Mapping[str, Any]) -> dict[str, Any]:
    more = values.get("more") or {}
    parts: dict[str, Any] = {"kinds": values["kinds"], "areas": values["areas"]}
    if "phones" in values:
        parts["phones"] = values["phones"] or []
    if "doors" in values:
        source = {
            "source_name": values.get("source_name") or "",
            "source_url": values.get("source_url") or "",
            "verified_date": values.get("last_verified_date") or "",
            "needs_check": False,
        }
        parts["text_doors"] = [{**one, **source} for one in values["doors"] or []]
    if "hours" in values or "schedules" in more:
        parts["schedules"] = [*(values.get("hours") or []), *more.get("schedules", [])]
    if any(name in values for name in _PLACE):
        parts["place"] = _place(values)
    return parts | {name: more[name] for name in MORE if name in more and name != "schedules"}


def _place(values: Mapping[str, Any]) -> dict[str, Any]:
    said = {to: values[name] for name, to in _PLACE.items() if values.get(name) is not None}
    home = by_code(said.get("municipality", ""))
    if not said:
        return {}
    if home is not None and said.get("address_1"):
        said |= {"state_province": home.prefecture_name, "city": f"{home.district}{home.name}"[:60]}
    return place(**said)


def _or_empty(column: Column, value: Any) -> Any:
    if value is not None:
        return value
    if column.kind in ("codes", "words"):
        return []
    if column.kind == "mark":
        return False
    return None if column.kind in ("yes_no", "number") else ""


def _kept(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32 and ord(c) != 127)
