"""What an import does to the tables, on small releases."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from madobe.directory import queries
from madobe.directory.actions.importing import (
    FileRefusedError,
    ImportRequest,
    Report,
    import_windows,
)
from madobe.directory.choices import ReviewKind, Status
from madobe.directory.models import (
    Card,
    FieldSource,
    Listing,
    Organization,
    Phone,
    ReviewItem,
    Schedule,
    Service,
    SourceRecord,
    TextDoor,
)

from .rows import row, write

pytestmark = pytest.mark.django_db

JAPAN = ZoneInfo("Asia/Tokyo")
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)


def take(folder: Path, *rows: dict[str, str], at: datetime = AT, dry_run: bool = False) -> Report:
    request = ImportRequest(
        files=[write(folder, list(rows))], by="import windows", at=at, dry_run=dry_run
    )
    return import_windows(request=request)


def counts(report: Report) -> tuple[int, int, int, int, int, int]:
    assert (
        report.rows
        == report.added + report.changed + report.unchanged + report.rejected + report.duplicates
    )
    return (
        report.added,
        report.changed,
        report.unchanged,
        report.removed,
        report.rejected,
        report.duplicates,
    )


def snapshot() -> dict[str, list]:
    tables = (
        Organization,
        Service,
        Phone,
        TextDoor,
        Schedule,
        SourceRecord,
        FieldSource,
        ReviewItem,
        Card,
    )
    return {table.__name__: sorted(map(str, table.objects.values_list())) for table in tables}


DESK = row(id="a", fax="042-000-0003", email="soudan@example.jp")
RENT = row(
    id="b",
    categoryId="rent",
    name="まどべ相談室（住居確保給付金）",
    plainName="住居確保給付金の相談・申請窓口",
)


def test_a_window_becomes_one_service_with_everything_a_page_shows(tmp_path):
    assert counts(take(tmp_path, DESK, RENT)) == (2, 0, 0, 0, 0, 0)
    service = Service.objects.get()
    assert (service.name, service.status, service.needs_check) == (
        "まどべ相談室",
        Status.PUBLISHED,
        False,
    )
    assert service.when_to_use
    assert service.organization.name == "昭島市"
    assert list(service.kinds.values_list("kind", "is_main")) == [("livelihood_support", True)]
    assert list(service.areas.values_list("extent", "name")) == [("132071", "昭島市")]
    assert list(service.phones.values_list("number", "kind")) == [
        ("042-000-0001", "voice"),
        ("042-000-0003", "fax"),
    ]
    assert set(service.text_doors.values_list("kind", "address")) == {
        ("mail", "soudan@example.jp"), ("fax", "042-000-0003"), ("counter_memo", ""),
    }  # fmt: skip
    schedule = service.schedules.get()
    assert (schedule.byday, f"{schedule.opens_at:%H:%M}", f"{schedule.closes_at:%H:%M}") == (
        "MO,TU,WE,TH,FR",
        "09:00",
        "17:00",
    )
    address = service.service_at_locations.get().location.addresses.get()
    assert (address.postal_code, address.city, address.address_1, address.building, address.floor) == (
        "196-0000", "昭島市", "窓辺町1-2-3", "まどべ会館", "2階",
    )  # fmt: skip
    assert set(service.source_records.values_list("key", flat=True)) == {"a", "b"}
    assert Card.objects.filter(service=service).exists()
    assert Listing.objects.filter(
        service=service, extent="132071", kind="livelihood_support"
    ).exists()


def test_a_window_is_open_by_day_and_closed_on_holidays_and_at_the_turn_of_the_year(tmp_path):
    take(tmp_path, DESK)
    key = Service.objects.get().pk

    def is_open(*moment: int) -> bool | None:
        return queries.place(key, at=datetime(*moment, tzinfo=JAPAN)).hours.open_now

    assert is_open(2026, 11, 20, 16, 59) is True  # Friday
    assert is_open(2026, 11, 20, 17, 0) is False
    assert is_open(2026, 11, 21, 10, 0) is False  # Saturday
    assert is_open(2026, 11, 23, 10, 0) is False  # 勤労感謝の日, a Monday
    assert is_open(2026, 9, 22, 10, 0) is False  # 国民の休日
    assert is_open(2026, 12, 28, 10, 0) is True
    assert is_open(2026, 12, 29, 10, 0) is False
    assert is_open(2027, 1, 4, 10, 0) is True


def test_every_shown_field_knows_its_source_record(tmp_path):
    take(tmp_path, DESK)
    service = Service.objects.get()
    known = {one.field: one for one in FieldSource.objects.filter(record_id=service.pk)}
    shown = (
        "name",
        "status",
        "url",
        "role_text",
        "content_text",
        "when_to_use",
        "methods",
        "source_name",
        "last_verified_date",
    )
    parts = ("kinds", "areas", "phones", "text_doors", "schedules", "place", "organization")
    for field in (*shown, *parts):
        assert known[field].source_record.key == "a", field
    assert FieldSource.objects.filter(
        table="organization", field="name", record_id=service.organization_id
    ).exists()


def test_a_raw_row_is_kept_as_it_came(tmp_path):
    take(tmp_path, DESK)
    record = SourceRecord.objects.get()
    assert record.raw == DESK
    assert (record.release, record.scope, record.row_number, len(record.raw_hash)) == (
        "2026-07-27",
        "jp-13207",
        2,
        64,
    )


def test_without_a_certain_postal_code_the_address_is_a_description(tmp_path):
    take(tmp_path, row(postalCode="", address="昭島市窓辺町1-2-3"))
    location = Service.objects.get().service_at_locations.get().location
    assert location.description == "昭島市窓辺町1-2-3"
    assert not location.addresses.exists()


def test_a_second_run_changes_nothing(tmp_path):
    take(tmp_path, DESK, RENT)
    before = snapshot()
    assert counts(take(tmp_path, DESK, RENT, at=LATER)) == (0, 0, 2, 0, 0, 0)
    assert snapshot() == before


def test_a_dry_run_prints_the_same_counts_and_writes_nothing(tmp_path):
    take(tmp_path, DESK, row(id="gone", name="なくなる窓口", phone="042-000-0008"))
    before = snapshot()
    release = (DESK | {"phone": "042-000-0007"}, RENT, row(id="x", municipalityId="jp-99999"))
    dry = counts(take(tmp_path, *release, at=LATER, dry_run=True))
    assert dry == (1, 1, 0, 1, 1, 0)
    assert snapshot() == before
    assert counts(take(tmp_path, *release, at=LATER)) == dry
    assert snapshot() != before


def test_a_change_upstream_is_shown(tmp_path):
    take(tmp_path, DESK)
    changed = DESK | {"phone": "042-000-0007", "openingHours": "平日 10時から16時"}
    assert counts(take(tmp_path, changed, at=LATER)) == (0, 1, 0, 0, 0, 0)
    service = Service.objects.get()
    assert service.phones.first().number == "042-000-0007"
    assert f"{service.schedules.get().opens_at:%H:%M}" == "10:00"
    assert "042-000-0007" in Card.objects.get().body
    assert not ReviewItem.objects.exists()


def test_a_change_nobody_sees_counts_as_changed_too(tmp_path):
    take(tmp_path, DESK)
    assert counts(take(tmp_path, DESK | {"description": "別の文"}, at=LATER)) == (0, 1, 0, 0, 0, 0)


def test_what_a_person_changed_is_not_written_over(tmp_path):
    take(tmp_path, DESK)
    Service.objects.update(name="人が直した名前")
    take(tmp_path, DESK | {"name": "元の新しい名前"}, at=LATER)
    assert Service.objects.get().name == "人が直した名前"
    item = ReviewItem.objects.get()
    assert (item.kind, item.field, item.ours, item.theirs) == (
        ReviewKind.DIFFERENCE, "name", "人が直した名前", "元の新しい名前",
    )  # fmt: skip
    take(tmp_path, DESK | {"name": "元の新しい名前"}, at=LATER)
    assert ReviewItem.objects.count() == 1


def test_a_phone_a_person_changed_is_not_written_over(tmp_path):
    take(tmp_path, DESK)
    Phone.objects.filter(kind="voice").update(number="042-999-9999")
    take(tmp_path, DESK | {"phone": "042-000-0007"}, at=LATER)
    assert Phone.objects.get(kind="voice").number == "042-999-9999"
    assert ReviewItem.objects.get().field == "phones"


def test_what_a_person_filled_in_is_not_written_over(tmp_path):
    take(tmp_path, DESK)
    Service.objects.update(eligibility_description="人が書いた条件")
    take(tmp_path, DESK | {"eligibilityConditions": "元の条件"}, at=LATER)
    assert Service.objects.get().eligibility_description == "人が書いた条件"
    assert ReviewItem.objects.get().field == "eligibility_description"


def test_an_empty_field_is_filled_when_the_source_learns_of_it(tmp_path):
    take(tmp_path, row(openingHours="", closedDays=""))
    assert not Schedule.objects.exists()
    take(tmp_path, row(), at=LATER)
    assert Schedule.objects.count() == 1
    assert not ReviewItem.objects.exists()


def test_an_edit_the_source_does_not_touch_stays_without_a_question(tmp_path):
    take(tmp_path, DESK)
    Service.objects.update(first_visit="はじめての日の流れ", name="人が直した名前")
    take(tmp_path, DESK | {"phone": "042-000-0007"}, at=LATER)
    service = Service.objects.get()
    assert (service.name, service.first_visit) == ("人が直した名前", "はじめての日の流れ")
    assert not ReviewItem.objects.exists()


def test_a_person_and_the_source_saying_the_same_is_no_question(tmp_path):
    take(tmp_path, DESK)
    Service.objects.update(name="同じ名前")
    take(tmp_path, DESK | {"name": "同じ名前"}, at=LATER)
    assert not ReviewItem.objects.exists()


def test_a_row_gone_upstream_is_marked_once_and_never_deleted(tmp_path):
    other = row(id="c", name="ここから相談室", department="", phone="042-000-0009")
    take(tmp_path, DESK, other)
    assert counts(take(tmp_path, DESK, at=LATER)) == (0, 0, 1, 1, 0, 0)
    assert counts(take(tmp_path, DESK, at=LATER)) == (0, 0, 1, 0, 0, 0)
    service = Service.objects.get(name="ここから相談室")
    assert (service.status, service.needs_check) == (Status.PUBLISHED, True)
    assert (
        ReviewItem.objects.filter(kind=ReviewKind.REMOVED, service=service, settled_at=None).count()
        == 1
    )


def test_a_row_that_comes_back_is_settled(tmp_path):
    other = row(id="c", name="ここから相談室", department="", phone="042-000-0009")
    take(tmp_path, DESK, other)
    take(tmp_path, DESK, at=LATER)
    assert counts(take(tmp_path, DESK, other, at=LATER)) == (0, 1, 1, 0, 0, 0)
    assert Service.objects.get(name="ここから相談室").needs_check is False
    assert not ReviewItem.objects.filter(settled_at=None).exists()
    assert counts(take(tmp_path, DESK, other, at=LATER)) == (0, 0, 2, 0, 0, 0)


def test_other_municipalities_are_left_alone(tmp_path):
    elsewhere = row(id="c", municipalityId="jp-13208")
    take(tmp_path, DESK, elsewhere)
    assert counts(take(tmp_path, DESK, at=LATER)) == (0, 0, 1, 0, 0, 0)
    assert not ReviewItem.objects.exists()


def test_a_row_now_rejected_is_not_counted_as_removed(tmp_path):
    take(tmp_path, DESK, row(id="c", phone="042-000-0009", name="ここから", department=""))
    again = counts(take(tmp_path, DESK, row(id="c", name=""), at=LATER))
    assert again == (0, 0, 1, 0, 1, 0)


def test_windows_that_merge_leave_no_double_entry(tmp_path):
    apart = row(id="c", name="ここから相談室", department="")
    take(tmp_path, DESK, apart)
    assert Listing.objects.values("service").distinct().count() == 2
    take(tmp_path, DESK, apart | {"name": "まどべ相談室"}, at=LATER)
    assert Service.objects.count() == 2
    assert Listing.objects.values("service").distinct().count() == 1
    assert ReviewItem.objects.get().kind == ReviewKind.DUPLICATE


def test_a_desk_for_nobody_here_is_kept_and_not_shown(tmp_path):
    take(
        tmp_path,
        row(name="福祉事務所", department="福祉事務所", plainName="生活保護の相談・申請窓口"),
    )
    assert Service.objects.get().status == Status.CHECKED
    assert not Listing.objects.exists()


def test_a_row_not_checked_by_a_person_is_shown_with_the_mark(tmp_path):
    report = take(tmp_path, row(status="review_required"))
    assert Service.objects.get().needs_check is True
    assert ("status", "review_required") in {(p.column, p.value) for p in report.problems}


def test_a_malformed_number_is_reported_and_not_shown(tmp_path):
    report = take(tmp_path, row(phone="042-12", fax="でんわ", postalCode="12-3"))
    assert not Phone.objects.exists()
    assert {p.column for p in report.problems} == {"phone", "fax", "postalCode"}


def test_doubtful_hours_stay_prose(tmp_path):
    report = take(tmp_path, row(openingHours="第2土曜のほか、問い合わせ", closedDays=""))
    service = Service.objects.get()
    assert (service.hours_prose, service.schedules.count()) == ("第2土曜のほか、問い合わせ", 0)
    assert [p.column for p in report.problems] == ["openingHours"]


def test_two_rows_that_disagree_on_hours_are_both_shown_as_prose(tmp_path):
    take(tmp_path, DESK, RENT | {"openingHours": "平日 10時から16時"})
    service = Service.objects.get()
    assert service.schedules.count() == 0
    assert "9時から17時" in service.hours_prose
    assert "10時から16時" in service.hours_prose


def test_two_cities_of_one_name_keep_their_own_organizations(tmp_path):
    take(tmp_path, row(id="a", municipalityId="jp-13206"), row(id="b", municipalityId="jp-34208"))
    assert Organization.objects.filter(name="府中市").count() == 2


def test_an_organization_another_source_brought_is_not_made_twice(tmp_path):
    city = Organization.objects.create(name="昭島市")
    Organization.objects.create(name="府中市")
    take(tmp_path, row(id="a"), row(id="b", municipalityId="jp-34208"))
    assert Service.objects.get(source_records__key="a").organization == city
    assert Organization.objects.filter(name="府中市").count() == 2
    before = snapshot()
    take(tmp_path, row(id="a"), row(id="b", municipalityId="jp-34208"), at=LATER)
    assert snapshot() == before


def test_a_refused_file_writes_nothing(tmp_path):
    take(tmp_path, DESK)
    before = snapshot()
    path = tmp_path / "offices.csv"
    path.write_bytes(path.read_bytes().replace(b"published", b'pub"lished"x,"'))
    with pytest.raises(FileRefusedError):
        import_windows(request=ImportRequest(files=[path], by="import windows", at=LATER))
    assert snapshot() == before


def test_a_fault_while_writing_leaves_nothing_half(tmp_path, monkeypatch):
    def fails(**_kwargs):
        raise RuntimeError

    monkeypatch.setattr("madobe.directory.actions.importing.take.refresh_listing", fails)
    with pytest.raises(RuntimeError):
        take(tmp_path, DESK)
    assert not any(snapshot().values())


def test_control_without_the_transaction_a_fault_would_leave_half(tmp_path, monkeypatch):
    """The test above is worth something: take the transaction away, and rows stay behind."""

    def fails(**_kwargs):
        raise RuntimeError

    module = "madobe.directory.actions.importing.take"
    monkeypatch.setattr(f"{module}.refresh_listing", fails)
    monkeypatch.setattr(f"{module}.transaction", SimpleNamespace(atomic=nullcontext))
    with pytest.raises(RuntimeError):
        take(tmp_path, DESK)
    assert Service.objects.exists()


def test_control_without_the_comparison_a_person_would_be_written_over(tmp_path, monkeypatch):
    def always(self, field, *, shown, imported, write):
        write(imported)
        return True

    take(tmp_path, DESK)
    Service.objects.update(name="人が直した名前")
    monkeypatch.setattr("madobe.directory.actions.fields.ImportedFields.take", always)
    take(tmp_path, DESK | {"name": "元の新しい名前"}, at=LATER)
    assert Service.objects.get().name == "元の新しい名前"
