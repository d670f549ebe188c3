"""Put together what was chosen and what was read from the text (pure; nothing is guessed)."""

from collections.abc import Collection, Iterable, Mapping

from .situation import UNKNOWN, Area, Facts, Reading, Situation
from .tables import TABLES


def facts_of(
    situation: Situation,
    readings: Iterable[Reading] = (),
    *,
    struck: Collection[str] = frozenset(),
    area: Area | None = None,
    covered: Mapping[str, bool] | None = None,
) -> Facts:
    """What the rules may know: `use` honoured, struck readings gone, the writer and the person kept apart.

    `area` is the municipality already looked up; `covered` says which kinds really serve it.
    """
    read = [] if situation.use == "codes" else [r for r in readings if r.key not in struck]
    chosen = Situation() if situation.use == "text" else situation
    who = situation.who or next((r.value for r in read if r.kind == "who"), "")
    wants, person_wants = _wants(chosen, read, who)
    writer, person = _constraints(chosen, read, who)
    return Facts(
        who=who,
        area=area,
        age=_number(situation.age, read, "age"),
        months=_number(situation.months, read, "months"),
        signs=chosen.signs | _signs(read, who),
        wants=wants,
        person_wants=person_wants,
        constraints=writer | person,
        person_constraints=person,
        writer_constraints=writer,
        covered=covered or {},
    )


def _signs(read: list[Reading], who: str) -> frozenset[str]:
    """Signs told in words. What a family tells of themselves is theirs: a tired mother is no sign of the son."""
    found = set()
    for reading in read:
        if reading.kind != "sign":
            continue
        code = TABLES.signs[reading.code]
        is_writers_own = reading.about == "writer" and who in ("family", "friend", "worker")
        if code.about != "person":
            found.add(code.id)  # a parent's age, danger, money: it counts whoever it was said of
        elif is_writers_own:
            if code.told_by_writer and who == "family":
                found.add(code.told_by_writer)
        elif reading.about != "other":
            found.add(code.id)
    return frozenset(found)


def _wants(
    chosen: Situation, read: list[Reading], who: str
) -> tuple[frozenset[str], frozenset[str]]:
    """(anyone's wishes, the person's wishes). For `self` the writer's wishes are the person's."""
    of = {
        about: frozenset(r.code for r in read if r.kind == "want" and r.about == about)
        for about in ("writer", "person", "other")
    }
    person = chosen.person_wants | of["person"]
    if who == "self":
        person |= chosen.wants | of["writer"]
    return chosen.wants | of["writer"] | of["other"] | person, person


def _constraints(
    chosen: Situation, read: list[Reading], who: str
) -> tuple[frozenset[str], frozenset[str]]:
    """(the writer's, the person's). Chosen without saying whose, they count for both.

    Some limits are about the person whoever ticks them: not going out, no visits, no groups.
    """
    said = {
        about: frozenset(r.code for r in read if r.kind == "constraint" and r.about == about)
        for about in ("writer", "person")
    }
    writer = chosen.constraints | said["writer"]
    about_person = {
        code for code in chosen.constraints if TABLES.constraints[code].about == "person"
    }
    person = (chosen.person_constraints or chosen.constraints) | about_person | said["person"]
    if who == "self":
        writer = person = writer | person
    return writer, person


def _number(given: int, read: list[Reading], kind: str) -> int:
    if given != UNKNOWN:
        return given
    return next((int(r.value) for r in read if r.kind == kind), UNKNOWN)
