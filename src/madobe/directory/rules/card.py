"""One service put together for reading: from the text kept in the table to the plain values of a page.

A card's text changes only when its service changes, so what was read from it is kept and only the parts
that depend on the minute and on the person (hours, doors, conditions) are worked out again.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from madobe.directory.rules.eligibility import (
    ConditionRow,
    ConditionSet,
    Person,
    eligibility,
)
from madobe.directory.rules.hours import JAPAN, hours_of_rows, hours_of_rule
from madobe.directory.rules.place import (
    Alert,
    EligibilityAnswer,
    Limit,
    PhoneLine,
    Place,
    PlaceLink,
    TextDoor,
)

AUDIENCE_WORDS = {
    "self": "ご本人",
    "family": "ご家族",
    "friend": "友人・知人の方",
    "worker": "支援の仕事をしている方",
    "experienced": "経験のある方",
}
LEVELS = {6: "city", 2: "prefecture"}


CARDS_KEPT = 1024  # read cards a worker keeps: some six kilobytes each


@dataclass(frozen=True)
class Door:
    """A text door and the hours rule behind it."""

    door: TextDoor
    hours_rule: str


@dataclass(frozen=True)
class Card:
    """What stays the same of a place, and what hours and conditions are worked out from."""

    fixed: dict[str, Any]
    name: str
    rows: str
    prose: str
    doors: tuple[Door, ...]
    conditions: tuple[ConditionSet, ...]
    alerts: tuple[Alert, ...]
    audience: tuple[str, ...]
    areas: tuple[tuple[str, str], ...]  # (extent, name), nearest first


@lru_cache(maxsize=CARDS_KEPT)
def read_card(body: str) -> Card:
    """This will read a card's text."""
    data = json.loads(body)
    rows, prose = data.pop("rows", ""), data.pop("prose", "")
    areas = tuple((extent, name) for extent, name in data.pop("areas"))
    doors = tuple(
        Door(
            TextDoor(**{k: v for k, v in one.items() if k != "hours_rule"}),
            one.get("hours_rule", ""),
        )
        for one in data.pop("doors", ())
    )
    conditions = tuple(
        ConditionSet(
            conditions=tuple(
                ConditionRow(**{**one, "values": tuple(one.get("values", ()))})
                for one in group.pop("conditions")
            ),
            **group,
        )
        for group in data.pop("conditions", ())
    )
    alerts = tuple(
        Alert(
            one["kind"],
            one["text"],
            date.fromisoformat(one["starts_date"]),
            _date(one.get("ends_date")),
        )
        for one in data.pop("alerts", ())
    )
    fixed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    fixed["phones"] = tuple(PhoneLine(**one) for one in data.get("phones", ()))
    fixed["limits"] = tuple(Limit(**one) for one in data.get("limits", ()))
    fixed["links"] = tuple(
        PlaceLink(**{**one, "source_date": _date(one.get("source_date"))})
        for one in data.get("links", ())
    )
    for key in ("register_date", "source_date", "verified_date", "availability_date"):
        fixed[key] = _date(data.get(key))
    audience = fixed.get("audience", ())
    return Card(fixed, data["name"], rows, prose, doors, conditions, alerts, audience, areas)


def fits(card: Card, person: Person, at: datetime) -> EligibilityAnswer:
    """This will say whether the service seems to fit this person: its conditions, and whom it listens to."""
    answer = eligibility(card.conditions, person, at.astimezone(JAPAN).date())
    if person.who and card.audience and person.who not in card.audience:
        listed = "、".join(AUDIENCE_WORDS.get(one, one) for one in card.audience)
        return EligibilityAnswer("unlikely", (f"ここは、{listed}のための場所です。", *answer.notes))
    return answer


def place_of(
    card: Card,
    at: datetime,
    *,
    fit: EligibilityAnswer,
    kind: str = "",
    distance: str = "",
    area_name: str = "",
) -> Place:
    """This will give the place at one minute. Without `kind`, its main kind; without area, its nearest one."""
    doors = tuple(_door_at(one, at) for one in card.doors)
    extent, name = card.areas[0] if card.areas else ("JP", "")
    today = at.astimezone(JAPAN).date()
    return Place(
        **card.fixed,
        kind=kind or card.fixed["kinds"][0],
        distance=distance or LEVELS.get(len(extent) if extent != "JP" else 0, "nation"),
        area_name=area_name or name,
        hours=hours_of_rows(card.rows, at, prose=card.prose),
        text_doors=doors,
        eligibility=fit,
        alerts=tuple(one for one in card.alerts if one.ends_date is None or one.ends_date >= today),
    )


def _door_at(one: Door, at: datetime) -> TextDoor:
    if not one.hours_rule:
        return one.door
    hours = hours_of_rule(one.hours_rule, at)
    return TextDoor(
        kind=one.door.kind,
        address=one.door.address,
        label=one.door.label,
        source=one.door.source,
        open_now=hours.open_now,
        next_open=hours.next_open,
        needs_check=one.door.needs_check,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
