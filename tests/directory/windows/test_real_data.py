"""The real release: 6,333 rows, imported once for all tests of this file."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction

from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, Report, import_windows
from madobe.directory.actions.importing.parts import PARTS, read_part
from madobe.directory.choices import Kind, Status
from madobe.directory.models import (
    FieldSource,
    Listing,
    ReviewItem,
    Schedule,
    Service,
    SourceRecord,
)
from madobe.directory.municipalities import all_municipalities

pytestmark = [pytest.mark.open_data, pytest.mark.xdist_group("windows")]  # its import is made once

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker) -> Iterator[Report]:
    """The release in the tables, beside the founding facts; taken out again after this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_founding(by="test", at=AT)
        yield take()
        transaction.set_rollback(True)


def take() -> Report:
    folder = settings.OPEN_DATA_DIR / "municipal_windows"
    return import_windows(request=ImportRequest(files=[folder], by="import windows", at=AT))


def test_the_counts_add_up_and_every_row_is_kept(imported, db):
    assert (imported.rows, imported.added, imported.rejected, imported.duplicates) == (
        6333,
        6333,
        0,
        0,
    )
    assert imported.release == "2026-07-28"
    assert SourceRecord.objects.filter(source="windows").count() == 6333
    assert not SourceRecord.objects.filter(source="windows", service=None).exists()


def test_a_second_run_changes_nothing(imported, db):
    again = take()
    assert (again.added, again.changed, again.unchanged, again.removed) == (0, 0, 6333, 0)
    assert not ReviewItem.objects.exists()


def test_the_row_whose_phone_is_missing_and_the_row_nobody_checked_are_reported(imported):
    said = Counter((one.column, one.reason.split("。")[0]) for one in imported.problems)
    with gzip.open(
        settings.OPEN_DATA_DIR / "municipal_windows" / "offices.csv.gz", "rt", encoding="utf-8"
    ) as file:
        rows = list(csv.DictReader(file))
    silent = [r for r in rows if not r["phone"] and "電話" in r["availableMethods"]]
    unchecked = [r for r in rows if r["status"] == "review_required"]
    assert said["phone", "電話で相談できるとありますが、番号がありません"] == len(silent) > 500
    assert said["status", "まだ人が確かめていない行です"] == len(unchecked) == 175


def test_most_hours_are_read_and_the_others_kept_as_prose(imported, db):
    mine = Service.objects.filter(source_records__source="windows").distinct()
    timed = mine.filter(schedules__isnull=False).distinct().count()
    prose = mine.exclude(hours_prose="").count()
    assert not mine.filter(schedules__isnull=False).exclude(hours_prose="").exists()
    assert timed > 600
    assert prose > 200


def test_every_timetable_read_says_what_happens_on_holidays_and_at_the_turn_of_the_year(
    imported, db
):
    mine = Schedule.objects.filter(service__source_records__source="windows")
    assert mine.exists()
    assert not mine.filter(closed_on_holidays=False).exists()
    assert not mine.filter(year_end_start="").exists()


def test_what_was_written_reads_back_as_it_was_imported(imported, db):
    """Else the next change upstream would look like a person's edit."""
    services = {
        s.pk: s
        for s in Service.objects.filter(source_records__source="windows")
        .distinct()
        .order_by("pk")[::12]
    }
    last = FieldSource.objects.filter(record_id__in=list(services), field__in=PARTS)
    said = {(one.record_id, one.field): one.last_imported for one in last}
    assert len(said) > 1000
    for (key, part), value in said.items():
        assert read_part(part, services[key]) == value, (part, key)
    silent = [(key, part) for key in services for part in PARTS if (key, part) not in said]
    assert not any(read_part(part, services[key]) for key, part in silent)


def test_akishima_by_hand(imported, db):
    """昭島市 has four rows: the city hall, the くらし・しごと centre twice, the welfare office."""
    mine = Service.objects.filter(
        areas__extent="132071", source_records__source="windows"
    ).distinct()
    assert set(mine.values_list("name", "status")) == {
        ("昭島市役所", Status.PUBLISHED),
        ("昭島市くらし・しごとサポートセンター", Status.PUBLISHED),
        ("昭島市福祉事務所", Status.CHECKED),
    }
    centre = mine.get(name="昭島市くらし・しごとサポートセンター")
    assert centre.phones.get().number == "042-519-2033"
    assert centre.source_records.count() == 2


def test_mito_by_hand(imported, db):
    desk = Service.objects.get(source_records__key="mito-self-reliance")
    assert set(desk.source_records.values_list("key", flat=True)) == {
        "mito-self-reliance",
        "mito-housing-benefit",
    }
    assert (desk.name, desk.phones.get().number, desk.needs_check) == (
        "水戸市自立相談支援室",
        "029-291-3941",
        False,
    )
    address = desk.service_at_locations.get().location.addresses.get()
    assert (address.postal_code, address.address_1, address.building, address.floor, address.window) == (
        "310-8610", "中央1-4-1", "水戸市役所", "2階", "窓口213",
    )  # fmt: skip
    hours = desk.schedules.get()
    assert (hours.byday, f"{hours.opens_at:%H:%M}", f"{hours.closes_at:%H:%M}") == (
        "MO,TU,WE,TH,FR",
        "08:30",
        "17:00",
    )


def test_tax_violence_and_loan_desks_are_offered_to_nobody(imported, db):
    for key in (
        "mito-dv",
        "mito-legal",
        "mito-single-parent",
        "prefecture-dv-center-13",
        "prefecture-welfare-loan-14",
    ):
        service = Service.objects.get(source_records__key=key)
        assert service.status == Status.CHECKED, key
        assert not Listing.objects.filter(service=service).exists()


def test_every_shown_service_says_when_to_use_it_and_whose_word_it_is(imported, db):
    shown = Service.objects.filter(
        source_records__source="windows", status=Status.PUBLISHED
    ).distinct()
    assert not shown.filter(when_to_use="").exists()
    assert not shown.filter(source_name="").exists()
    named = set(
        FieldSource.objects.filter(table="service", field="name").values_list(
            "record_id", flat=True
        )
    )
    assert set(shown.values_list("pk", flat=True)) <= named


def test_every_shown_service_has_a_door_without_a_voice_or_a_number(imported, db):
    shown = Service.objects.filter(source_records__source="windows", status=Status.PUBLISHED)
    assert not shown.filter(text_doors=None, phones=None, url="").exists()


def test_every_municipality_is_covered_by_a_real_service(imported, db, capsys):
    extents = set(Listing.objects.exclude(kind=Kind.CRISIS_LINE).values_list("extent", flat=True))
    count: Counter[str] = Counter()
    for one in all_municipalities():
        level = next(
            (
                name
                for name, extent in (
                    ("local", one.code),
                    ("prefectural only", one.prefecture),
                    ("nationwide only", "JP"),
                )
                if extent in extents
            ),
            "none",
        )
        count[level] += 1
    with capsys.disabled():
        print(f"\nmunicipalities: {dict(count)}")  # noqa: T201
    assert sum(count.values()) == 1741
    assert count["local"] >= 1461
    assert count["none"] == 0
