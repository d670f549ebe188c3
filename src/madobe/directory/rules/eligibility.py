"""Whether a service's conditions seem to fit. Nobody is refused here: unknown stays unknown and hides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from madobe.directory.rules.place import EligibilityAnswer

UNKNOWN = -1
COMPULSORY_END = 15  # age at which compulsory education ends, in the March after the 15th birthday

MET, NOT_MET, NOT_KNOWN = "met", "not_met", "unknown"

PROOFS = {
    "diagnosis": "診断",
    "techo": "手帳",
    "opinion_letter": "医師の意見書",
    "has_doctor": "かかりつけの先生",
    "benefit_certificate": "受給者証",
}


@dataclass(frozen=True)
class ConditionRow:
    """One condition of a service, as in models.Condition."""

    kind: str
    number: int = UNKNOWN
    values: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ConditionSet:
    """The conditions in force from `valid_from` to `valid_to` (ISO dates, both included; "" = open)."""

    conditions: tuple[ConditionRow, ...]
    valid_from: str = ""
    valid_to: str = ""
    needs_check: bool = False


@dataclass(frozen=True)
class Person:
    """What is known of the withdrawn person and of who asks. Ranges: lowest and highest possible value."""

    age: tuple[int, int] = (UNKNOWN, UNKNOWN)
    months: tuple[int, int] = (UNKNOWN, UNKNOWN)
    who: str = ""
    municipality: str = ""  # six digits or ""
    prefecture: str = ""  # two digits or ""
    signs: frozenset[str] = field(default_factory=frozenset)


def person_of(
    *,
    who: str = "",
    age: int = UNKNOWN,
    months: int = UNKNOWN,
    municipality: str = "",
    prefecture: str = "",
    signs: Iterable[str] = (),
) -> Person:
    """This will give a Person from single values, where a value and not a range was told."""
    return Person((age, age), (months, months), who, municipality, prefecture, frozenset(signs))


def judge(condition: ConditionRow, person: Person) -> tuple[str, str]:
    """This will give ("met" | "not_met" | "unknown", one sentence in Japanese for this condition)."""
    match condition.kind:
        case "age_min":
            return _at_least(person.age, condition, f"{condition.number}歳から使えます。")
        case "age_max":
            low, high = person.age
            text = condition.note or f"{condition.number}歳までの方が使えます。"
            if low == UNKNOWN:
                return NOT_KNOWN, text
            if high <= condition.number:
                return MET, text
            return (NOT_MET if low > condition.number else NOT_KNOWN), text
        case "after_compulsory_education":
            low, high = person.age
            text = condition.note or "中学校を卒業したあとの方が使えます。"
            if low == UNKNOWN:
                return NOT_KNOWN, text
            if high < COMPULSORY_END:
                return NOT_MET, text
            # at fifteen one may still be in the third year of junior high school
            return (MET if low > COMPULSORY_END else NOT_KNOWN), text
        case "residence_in":
            return _residence(condition, person)
        case "months_withdrawn_min":
            return _at_least(
                person.months, condition, f"{condition.number}か月以上つづいている方が使えます。"
            )
        case "requires_any":
            names = "・".join(PROOFS.get(value, value) for value in condition.values)
            text = condition.note or f"{names}のどれかが必要です。窓口で確かめられます。"
            return (MET if person.signs & set(condition.values) else NOT_KNOWN), text
        case "relation_in":
            text = condition.note or "相談できる方が決まっています。窓口で確かめられます。"
            if not person.who:
                return NOT_KNOWN, text
            return (MET if person.who in condition.values else NOT_MET), text
        case _:
            return NOT_KNOWN, condition.note or "くわしい条件は、窓口で確かめられます。"


def eligibility(sets: Iterable[ConditionSet], person: Person, on: date) -> EligibilityAnswer:
    """This will put the conditions in force on a day together.

    "unlikely" as soon as one is not met; "ask" where one is unknown or the conditions themselves are
    to be checked; "likely" where all are met, or where the service has no conditions.
    """
    day = on.isoformat()
    known = list(sets)
    in_force = [
        one
        for one in known
        if (not one.valid_from or one.valid_from <= day)
        and (not one.valid_to or day <= one.valid_to)
    ]
    if not in_force:
        return EligibilityAnswer(overall="ask" if known else "likely")
    verdicts = [judge(condition, person) for one in in_force for condition in one.conditions]
    results = {verdict for verdict, _text in verdicts}
    if NOT_MET in results:
        overall = "unlikely"
    elif NOT_KNOWN in results or any(one.needs_check for one in in_force):
        overall = "ask"
    else:
        overall = "likely"
    order = {NOT_MET: 0, NOT_KNOWN: 1, MET: 2}
    notes = [text for _verdict, text in sorted(verdicts, key=lambda pair: order[pair[0]]) if text]
    return EligibilityAnswer(overall=overall, notes=tuple(dict.fromkeys(notes)))


def _at_least(known: tuple[int, int], condition: ConditionRow, sentence: str) -> tuple[str, str]:
    low, high = known
    text = condition.note or sentence
    if low == UNKNOWN:
        return NOT_KNOWN, text
    if low >= condition.number:
        return MET, text
    return (NOT_MET if high < condition.number else NOT_KNOWN), text


def _residence(condition: ConditionRow, person: Person) -> tuple[str, str]:
    text = condition.note or "住んでいる地域が決まっています。窓口で確かめられます。"
    homes = {person.municipality, person.prefecture} - {""}
    if not homes:
        return NOT_KNOWN, text
    if "JP" in condition.values or homes & set(condition.values):
        return MET, text
    if not person.municipality and any(v[:2] == person.prefecture for v in condition.values):
        return NOT_KNOWN, text  # the prefecture fits, the town is not known
    return NOT_MET, text
