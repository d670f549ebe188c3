"""From kinds of service to named places near the person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madobe.directory import municipalities
from madobe.directory import queries as directory
from madobe.directory.rules.lines import wanted
from madobe.directory.rules.place import Place
from madobe.guide.rules.answer import Answer
from madobe.guide.rules.situation import Area, Facts, Reading

NEAR = 2  # named places shown under one suggestion; more stand on the region page

# A programme with conditions and a count of its own (S4-17, S4-18): where it is left out, its entry is
# not named again under the kind next to it. Nobody whose five visits are used is sent to the same desk.
COUNTED = frozenset({"pref_visit"})

LINES = "crisis_line"
ALL_LINES = 40  # more than there are: they are put in order before the first are taken


@dataclass(frozen=True)
class PlaceFound:
    """What a written place name came to: one area, several to choose from, or nothing known."""

    written: str = ""
    area: Area | None = None
    candidates: tuple[municipalities.Municipality, ...] = ()

    @property
    def is_unknown(self) -> bool:
        return bool(self.written) and self.area is None and not self.candidates


def place_of(written: str, readings: Sequence[Reading] = (), text: str = "") -> PlaceFound:
    """This will look up the place somebody named.

    A place chosen or typed goes before one read in the text; a name several places share asks which.
    """
    written = written.strip()
    if written:
        found = municipalities.resolve(written)
        return PlaceFound(written, _area(found.area), tuple(found.candidates))
    for reading in readings:
        if reading.kind == "municipality":
            return PlaceFound(reading.words, _area(municipalities.resolve(reading.value).area))
    for name in municipalities.find_in_text(text):
        if name.area is None and name.lives:
            return PlaceFound(text[name.start : name.end], None, _municipalities(name.candidates))
    return PlaceFound()


def _municipalities(found: Iterable[object]) -> tuple[municipalities.Municipality, ...]:
    return tuple(one for one in found if isinstance(one, municipalities.Municipality))


def _area(found: municipalities.Area | None) -> Area | None:
    return Area(found.prefecture, found.code, found.name) if found else None


def coverage(area: Area | None) -> Mapping[str, bool]:
    """This will name the kinds of service that really serve an area; {} where nobody said where.

    Only what is there: a kind this database has no entry of may still be known from the founding facts.
    """
    if area is None:
        return {}
    covered = directory.covered(municipality=area.code, prefecture=area.prefecture)
    return {kind: True for kind, is_served in covered.items() if is_served}


def places_of(answer: Answer, *, at: datetime, limit: int = NEAR) -> Mapping[str, Sequence[Place]]:
    """This will give named places, nearest first, for each kind suggested or kept for later."""
    kinds = [suggestion.service.id for suggestion in answer.suggestions]
    left_out = COUNTED.intersection(row.service.id for row in answer.excluded)
    found = _found(answer.facts, kinds, at=at, limit=limit + len(left_out))
    return {
        kind: [place for place in places if left_out.isdisjoint(place.kinds)][:limit]
        for kind, places in found.items()
    }


def _lines(facts: Facts, *, at: datetime) -> list[Place]:
    """The lines for safety in the order of the card: for this age and this danger, open ones first.

    For somebody who cannot speak those to write to come before all.
    """
    is_written = "no_phone" in facts.constraints
    kinds = [LINES, "text_consultation"] if is_written else [LINES]
    known = _found(facts, kinds, at=at, limit=ALL_LINES)
    lines = directory.crisis_lines(
        at=at, who=facts.who, age=facts.age, signs=facts.signs, voice_free_first=is_written
    )
    fitting = {"general", *wanted(who=facts.who, age=facts.age, signs=facts.signs)}
    fit = [line.place_id for line in lines if fitting & {*line.audience}]
    order = {id: place for place, id in enumerate(fit)}
    pool = {place.id: place for kind in kinds for place in known[kind] if place.id in order}
    return sorted(pool.values(), key=lambda place: order[place.id]) or known[LINES]


def _found(
    facts: Facts, kinds: Sequence[str], *, at: datetime, limit: int
) -> dict[str, list[Place]]:
    return directory.places_for(
        kinds,
        municipality=facts.area.code if facts.area else "",
        prefecture=facts.area.prefecture if facts.area else "",
        at=at,
        who=facts.who,
        age=facts.age,
        months=facts.months,
        signs=facts.signs,
        limit=limit,
    )


def services_for(answer: Answer, facts: Facts, *, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """This will give the `services` of contract.md for each kind suggested, as plain JSON values."""
    found = dict(places_of(answer, at=at))
    if LINES in found:
        found[LINES] = _lines(facts, at=at)[:NEAR]
    return {kind: [_contract(place) for place in places] for kind, places in found.items()}


def _contract(place: Place) -> dict[str, Any]:
    return {
        "id": str(place.id),
        "name": place.name,
        "distance": place.distance,
        "open_now": place.hours.open_now,
        "next_open": place.hours.next_open.isoformat(timespec="minutes")
        if place.hours.next_open
        else None,
        "voice_free": place.voice_free,
        "eligibility": place.eligibility.overall,
        "eligibility_notes": list(place.eligibility.notes),
    }
