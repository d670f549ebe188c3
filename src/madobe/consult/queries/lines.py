"""The lines for the card of the desk, at one minute. From packaged data: no database is asked."""

from datetime import datetime, timedelta
from functools import lru_cache

from madobe.consult.choices import Who
from madobe.consult.rules.card import EVERYBODY, CardLines, choose_lines, minutes_uncovered
from madobe.directory import queries as directory
from madobe.directory.rules.lines import Line, wanted

CONTRACT = frozenset({"contract_offer"})


def card_lines(
    *,
    at: datetime,
    who: str = "",
    age: int = -1,
    signs: frozenset[str] = frozenset(),
    cannot_speak: bool = False,
) -> CardLines:
    """This will give what the card of danger shows at `at`.

    `who` writes: a code of Who; "" when unknown, as good as together. `age` of the withdrawn person or -1, `signs` as
    `Danger.signs`. The wish for a contract has lines of its own: see `contract_lines`.
    """
    danger = signs - CONTRACT
    who = "" if who == Who.TOGETHER else who
    lines = directory.crisis_lines(
        at=at, who=who, age=age, signs=danger, voice_free_first=cannot_speak
    )
    return choose_lines(lines, wanted(who=who, age=age, signs=danger), cannot_speak=cannot_speak)


def lines_now(*, at: datetime) -> tuple[Line, ...]:
    """This will give the lines for everybody that are open at `at`: for whoever reads a desk's page while it is closed."""
    return _lines_of(at.replace(second=0, microsecond=0))


@lru_cache(maxsize=4)
def _lines_of(minute: datetime) -> tuple[Line, ...]:
    """Worked out once a minute: every reader of that minute sees the same."""
    return card_lines(at=minute).open_now


def minutes_without_line(*, at: datetime, days: int) -> list[datetime]:
    """This will give the minutes of so many days from `at` at which no line for everybody is open (trust.md G34)."""
    start = at.replace(second=0, microsecond=0)
    lines = [line for line in directory.crisis_lines(at=at) if EVERYBODY in line.audience]
    return minutes_uncovered(lines, start, start + timedelta(days=days))


def contract_lines(*, at: datetime) -> list[Line]:
    """This will give the lines for somebody about to sign with an operator who takes people away (E12)."""
    meant = set(wanted(signs=CONTRACT))
    lines = directory.crisis_lines(at=at, signs=CONTRACT)
    return [line for line in lines if not line.immediate and meant & {*line.audience}]
