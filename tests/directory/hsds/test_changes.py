"""`modified_after` gives exactly what changed, `/changes` also what went."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Change, Document, Organization, Phone, Schedule, Service
from tests.factories.directory import AT, make_service

from .asking import get, ids, said, streamed

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 1, 0, 0, 0, 123456, tzinfo=UTC)


def refresh(*services: Service, at: datetime = LATER) -> None:
    refresh_listing(services=[one.pk for one in services], at=at)


def change_name(service):
    Service.objects.filter(pk=service.pk).update(name=f"{service.name}・新")


def add_phone(service):
    Phone.objects.create(service=service, number="042-000-9999", position=9)


def add_hours(service):
    Schedule.objects.create(service=service, byday="MO", opens_at="10:00", closes_at="12:00")


def rename_organization(service):
    Organization.objects.filter(pk=service.organization_id).update(name="あたらしい名")


def move_area(service):
    service.areas.update(extent="131130", name="渋谷区")


def take_door_away(service):
    service.text_doors.all().delete()
    service.phones.all().delete()


def nothing(service):
    """A page was opened and saved as it was."""


EDITS = [change_name, add_phone, add_hours, rename_organization, move_area, take_door_away, nothing]


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_give_exactly_those(seed):
    rng = random.Random(seed)
    services = [make_service(f"窓口{number}") for number in range(8)]
    edited = rng.sample(services, rng.randint(0, len(services)))
    changed = set()
    for service in edited:
        edit = rng.choice(EDITS)
        edit(service)
        if edit is not nothing:
            changed.add(str(service.pk))
    refresh(*services)  # also those nobody touched
    assert set(ids("services", modified_after=LATER.isoformat())) == changed
    assert {one["id"] for one in streamed("services", modified_after=LATER.isoformat())} == changed
    assert {
        one["id"]
        for one in said("services", minimal="true", modified_after=LATER.isoformat())["contents"]
    } == changed


def test_the_moment_is_exact_to_the_microsecond_in_any_zone():
    service = make_service()
    change_name(service)
    refresh(service)
    japan = timezone(timedelta(hours=9))
    assert said(f"services/{service.pk}")["last_modified"] == "2026-12-01T00:00:00.123456Z"
    for moment, found in (
        (LATER, 1),
        (LATER.astimezone(japan), 1),
        (LATER + timedelta(microseconds=1), 0),
        ((LATER + timedelta(microseconds=1)).astimezone(japan), 0),
    ):
        assert said("services", modified_after=moment.isoformat())["total_items"] == found
    assert said("services", modified_after="2026-12-01")["total_items"] == 1
    assert said("services", modified_after="2026-12-02")["total_items"] == 0
    assert said("services", modified_after="0001-01-01T00:00:00+14:00")["total_items"] > 1
    assert said("services", modified_after="9999-12-31T23:59:59-14:00")["total_items"] == 0


def test_a_service_saved_unchanged_keeps_its_time():
    service = make_service()
    before = Document.objects.get(pk=service.pk).modified_at
    refresh(service)
    assert Document.objects.get(pk=service.pk).modified_at == before


def test_a_later_change_never_bears_an_earlier_time():
    """A clock that went back, or an import that began earlier and ended later."""
    first, second = make_service("一"), make_service("二")
    change_name(first)
    refresh(first, at=LATER)
    change_name(second)
    refresh(second, at=LATER - timedelta(seconds=5))
    assert set(ids("services", modified_after=LATER.isoformat())) == {str(first.pk), str(second.pk)}


def hide_by_status(service):
    Service.objects.filter(pk=service.pk).update(status="suspended")


def suspend_operator(service):
    Organization.objects.filter(pk=service.organization_id).update(
        suspended_at=LATER, suspended_by="somebody"
    )


def unvet_operator(service):
    Organization.objects.filter(pk=service.organization_id).update(standing="unvetted")


@pytest.mark.parametrize("hide", [hide_by_status, suspend_operator, unvet_operator])
def test_what_is_hidden_is_nowhere_and_told_as_gone(hide):
    service = make_service()
    before = said("changes")["revision"]
    hide(service)
    everywhere_hidden(service)  # at once, before anything is made anew
    refresh(service)
    everywhere_hidden(service)
    assert said("changes", after=before)["changes"] == [
        {"revision": before + 1, "id": str(service.pk), "shown": False}
    ]


def everywhere_hidden(service):
    key, home = str(service.pk), str(service.organization_id)
    assert get(f"services/{key}").status_code == 404
    assert get(f"organizations/{home}").status_code == 404
    assert key not in ids("services")
    assert home not in ids("organizations")
    for path in ("services", "organizations", "service_at_locations"):
        assert key not in str(streamed(path, full="true"))
    assert key not in str(said("services", minimal="true"))
    assert "service" not in str(
        [one for one in said("changes", full="true", per_page=100)["changes"] if one["id"] == key]
    )


def test_a_service_that_comes_back_counts_as_changed():
    service = make_service()
    hide_by_status(service)
    refresh(service, at=AT + timedelta(days=1))
    Service.objects.filter(pk=service.pk).update(status="published")
    refresh(service)
    assert ids("services", modified_after=LATER.isoformat()) == [str(service.pk)]


def test_a_merged_service_leads_to_the_one_that_was_kept():
    kept, gone = make_service("のこる"), make_service("まとまる")
    Service.objects.filter(pk=gone.pk).update(merged_into=kept)
    refresh(kept, gone)
    answer = get(f"services/{gone.pk}")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/api/hsds/services/{kept.pk}",
    )
    hide_by_status(kept)
    refresh(kept)
    assert get(f"services/{gone.pk}").status_code == 404


def test_changes_are_read_in_pieces_without_gap_or_double():
    for number in range(5):
        make_service(f"窓口{number}")
    expected = list(
        Change.objects.order_by("number", "service_id").values_list("service_id", flat=True)
    )
    found, asked = [], {"after": 0}
    while True:
        answer = said("changes", per_page=3, **asked)
        found += [one["id"] for one in answer["changes"]]
        asked = {key: answer[key] for key in ("after", "after_id") if key in answer}
        if answer["complete"]:
            break
    assert found == [str(key) for key in expected]
    assert said("changes", **asked)["changes"] == []
    assert said("changes", after=answer["revision"])["changes"] == []


def test_changes_in_full_bring_the_service():
    service = make_service()
    before = said("changes")["revision"] - 1
    (change,) = said("changes", after=before, full="true")["changes"]
    assert change["service"] == said(f"services/{service.pk}")
