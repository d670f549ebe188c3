"""What can be asked of a service with yes or no, as bits of one number: kept in the tables, asked by the SQL
answer, and spread out into one plane each by the snapshot.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from madobe.directory.choices import Audience, Function, Kind, Method

STAGES: Final = ("1", "2", "3")
FACT_NEEDS: Final = (  # the needs that do not depend on the minute
    "anonymous",
    "family_only",
    "no_reservation",
    "text",
    "camera_off",
    "visit",
    "free",
    "evening",
    "weekend",
    "voice_free",
    "at_home",
)
DESK, CHECK = "desk", "check"  # made for this; wants to be checked again

FACTS: Final = (
    *(f"need:{need}" for need in FACT_NEEDS),
    *(f"method:{method}" for method in Method.values),
    *(f"who:{who}" for who in Audience.values),
    *(f"stage:{stage}" for stage in STAGES),
    *(f"does:{function}" for function in Function.values),
    DESK,
    CHECK,
)
BIT: Final[Mapping[str, int]] = {name: place for place, name in enumerate(FACTS)}
KINDS: Final[tuple[str, ...]] = tuple(Kind.values)
KIND_BIT: Final[Mapping[str, int]] = {kind: place for place, kind in enumerate(KINDS)}

# The stages a kind of service is for (domain §5); kinds about knowing more are for no stage in particular.
KIND_STAGES: Final[Mapping[str, str]] = {
    "hikikomori_center": "123",
    "municipal_window": "123",
    "pref_phone_mail": "12",
    "pref_visit": "12",
    "text_consultation": "123",
    "mental_health_public": "1",
    "medical_clinic": "1",
    "counseling": "12",
    "family_association": "1",
    "family_class": "1",
    "livelihood_support": "123",
    "community_comprehensive": "12",
    "developmental_support": "123",
    "school_support": "12",
    "crisis_line": "123",
    "consumer_center": "123",
    "ibasho": "2",
    "online_peer_group": "12",
    "peer_group": "2",
    "group_activity": "2",
    "outreach_visit": "12",
    "day_care": "2",
    "life_training": "2",
    "daily_rhythm": "12",
    "volunteer": "23",
    "saposute": "3",
    "hello_work": "3",
    "vocational_training": "3",
    "employment_transition": "3",
    "work_experience": "3",
    "home_work": "3",
    "correspondence_school": "3",
    "free_school": "23",
    "study_support": "23",
    "seminar": "",
    "peer_training": "3",
    "info_material": "",
    "support_conference": "",
    "physical_training": "2",
    "contract_work": "3",
    "own_pace_work": "3",
    "community_move": "2",
    "community_settling": "2",
    "living_alone_visit": "2",
    "job_retention": "3",
}

WRITTEN_METHODS: Final = frozenset({"mail", "form", "chat", "sns"})  # 文字で
SILENT_METHODS: Final = WRITTEN_METHODS | {"fax", "letter"}
KINDS_AT_HOME: Final = frozenset({"home_work", "online_peer_group", "text_consultation"})  # S0-37


def mask(names: Iterable[str]) -> int:
    """This will give the number with these facts set."""
    return sum(1 << BIT[name] for name in names)


def kind_mask(kinds: Iterable[str]) -> int:
    """This will give the number with these kinds set; unknown ones are left out."""
    return sum(1 << KIND_BIT[kind] for kind in set(kinds) if kind in KIND_BIT)


def facts_of(
    *,
    kinds: Collection[str],
    stages: Collection[object],
    methods: Collection[str],
    audience: Collection[str],
    functions: Collection[str],
    door_kinds: Collection[str],
    anonymous_ok: bool | None,
    family_only_ok: bool | None,
    camera_off_ok: bool | None,
    reservation: str,
    fee: str,
    evening: bool,
    weekend: bool,
    is_desk: bool,
    needs_check: bool,
) -> frozenset[str]:
    """This will give the names of the facts that hold. What is not known holds for no need; a service that
    names no audience listens to everybody.
    """
    ways = {*methods, *door_kinds}
    needs = {
        "anonymous": anonymous_ok is True,
        "family_only": family_only_ok is True,
        "no_reservation": reservation == "none",
        "text": bool(ways & WRITTEN_METHODS),
        "camera_off": camera_off_ok is True,
        "visit": "home_visit" in methods,
        "free": fee == "free",
        "evening": evening,
        "weekend": weekend,
        "voice_free": bool(ways & SILENT_METHODS) or "counter_memo" in door_kinds,
        "at_home": "online" in methods or bool(KINDS_AT_HOME & {*kinds}),
    }
    own_stages = {str(one) for one in stages} or {
        stage for kind in kinds for stage in KIND_STAGES.get(kind, "")
    }
    names = {f"need:{need}" for need, holds in needs.items() if holds}
    names |= {f"method:{method}" for method in methods}
    names |= {f"who:{who}" for who in (audience or Audience.values)}
    names |= {f"stage:{stage}" for stage in own_stages}
    names |= {f"does:{function}" for function in functions}
    names |= {DESK} if is_desk else set()
    names |= {CHECK} if needs_check else set()
    return frozenset(names & BIT.keys())
