"""Wherever somebody lives and whoever asks: a real place whose area covers them, and a named door without a voice."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction

from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, import_windows
from madobe.directory.models import Listing, Service, ServiceArea, ServiceKind
from madobe.directory.municipalities import all_municipalities
from madobe.guide.queries.places import coverage, place_of, places_of
from madobe.guide.rules.answer import answer, facts_of
from madobe.guide.rules.situation import Situation

pytestmark = [
    pytest.mark.open_data,
    pytest.mark.xdist_group("everywhere"),
]  # its import is made once

AT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # a Tuesday, 14:00 in Japan
WHO = ("self", "family", "friend", "worker")
URGENT_NUMBERS = {"119", "110"}


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_founding(by="test", at=AT)
        folder = settings.OPEN_DATA_DIR / "municipal_windows"
        import_windows(request=ImportRequest(files=[folder], by="test", at=AT))
        yield
        transaction.set_rollback(True)


def test_nobody_in_japan_is_left_without_a_place_and_a_door_without_a_voice(country, db, capsys):
    # The areas are read from the tables of facts, not from the lists the guide's queries are built on.
    areas: dict[str, set[str]] = {}
    for service, extent in ServiceArea.objects.values_list("service_id", "extent"):
        areas.setdefault(str(service), set()).add(extent)
    crisis = {
        str(one)
        for one in ServiceKind.objects.filter(kind="crisis_line").values_list(
            "service_id", flat=True
        )
    }
    sourced = {
        str(one) for one in Service.objects.exclude(source_name="").values_list("pk", flat=True)
    }
    nearest: Counter[str] = Counter()
    nowhere, voice_only = [], []
    for home in all_municipalities():
        covering = {home.code, home.prefecture, "JP"}
        reached = set()
        for who in WHO:
            place = place_of(home.code)
            facts = facts_of(Situation(who=who), area=place.area, covered=coverage(place.area))
            found = [one for some in places_of(answer(facts), at=AT).values() for one in some]
            real = [
                one for one in found if str(one.id) not in crisis and areas[str(one.id)] & covering
            ]
            if not any(one.name for one in real):
                nowhere.append((home.full_name, who))
            quiet = [one for one in real if one.text_doors and str(one.id) in sourced]
            if not any(URGENT_NUMBERS.isdisjoint(p.number for p in one.phones) for one in quiet):
                voice_only.append((home.full_name, who))
            reached |= {extent for one in real for extent in areas[str(one.id)] & covering}
        nearest[
            next(
                name
                for name, code in (
                    ("local", home.code),
                    ("prefectural only", home.prefecture),
                    ("nationwide only", "JP"),
                )
                if code in reached
            )
        ] += 1
    with capsys.disabled():
        print(f"\nthe guide leads to: {dict(nearest)} of {sum(nearest.values())} municipalities")  # noqa: T201
    assert (nowhere, voice_only) == ([], [])
    assert sum(nearest.values()) == 1741
    assert nearest["local"] >= 1461


def test_without_the_nationwide_desks_somebody_would_be_left_alone(country, db):
    """Negative control: without the desks that reach everywhere, a home without a window is found."""
    served = set(ServiceArea.objects.values_list("extent", flat=True))
    bare = next(one for one in all_municipalities() if one.code not in served)
    ServiceArea.objects.filter(extent__in=["JP", bare.prefecture]).delete()
    Listing.objects.filter(extent__in=["JP", bare.prefecture]).delete()
    place = place_of(bare.code)
    facts = facts_of(Situation(who="self"), area=place.area, covered=coverage(place.area))
    assert not any(places_of(answer(facts), at=AT).values())
