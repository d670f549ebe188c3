"""After a merge an import goes on: the merged entry's rows reach the kept one, and it never comes back."""

from datetime import timedelta
from pathlib import Path

import pytest

from madobe.directory import queries
from madobe.directory.actions.importing import ImportRequest, Report, import_windows
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.organizations import (
    merge_organizations,
    preview_merge_of_organizations,
)
from madobe.directory.models import Card, Merge, Organization, ReviewItem, Service, SourceRecord
from tests.directory.windows.rows import row, write
from tests.factories.directory import make_service

from .support import AT, WORKER, merge, rows, undo

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)
FIRST = row(
    id="a", name="くらし相談室", department="くらし相談室", phone="042-000-0001", officialUrl=""
)
SECOND = row(
    id="b", name="生活の相談コーナー", department="生活の相談コーナー", phone="042-000-0002",
    email="soudan@example.jp", officialUrl="https://example.jp/b",
)  # fmt: skip


def take(folder: Path, *given: dict[str, str], at=AT) -> Report:
    return import_windows(
        request=ImportRequest(files=[write(folder, list(given))], by="import windows", at=at)
    )


def merged(folder: Path, choices: dict[str, str] | None = None) -> tuple[Service, Service, Merge]:
    take(folder, FIRST, SECOND)
    keep, other = (SourceRecord.objects.get(key=key).service for key in "ab")
    return keep, other, merge(keep, other, choices)


def test_the_same_release_again_changes_nothing(tmp_path: Path):
    keep, other, _ = merged(tmp_path)
    before = Card.objects.get().body
    report = take(tmp_path, FIRST, SECOND, at=LATER)
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    assert Card.objects.get().body == before
    assert ReviewItem.objects.count() == 0
    assert {one.key: one.service_id for one in SourceRecord.objects.all()} == {
        "a": keep.pk,
        "b": other.pk,
    }


def test_a_row_of_the_merged_one_still_brings_its_news_to_the_kept_one(tmp_path: Path):
    keep, other, _ = merged(tmp_path)
    assert rows(keep, "phones", "number") == ["042-000-0001", "042-000-0002"]
    take(tmp_path, FIRST, SECOND | {"phone": "042-000-0009"}, at=LATER)
    assert rows(keep, "phones", "number") == ["042-000-0001", "042-000-0009"]
    assert set(Card.objects.values_list("pk", flat=True)) == {keep.pk}
    assert "042-000-0009" in Card.objects.get().body
    assert Service.objects.get(pk=other.pk).merged_into_id == keep.pk


def test_a_value_taken_from_the_merged_one_follows_it(tmp_path: Path):
    keep, _, _ = merged(tmp_path)
    assert Service.objects.get(pk=keep.pk).url == "https://example.jp/b"
    take(tmp_path, FIRST, SECOND | {"officialUrl": "https://example.jp/new"}, at=LATER)
    assert Service.objects.get(pk=keep.pk).url == "https://example.jp/new"


def test_a_value_a_person_has_mended_since_stays_and_is_asked_about(tmp_path: Path):
    keep, _, _ = merged(tmp_path)
    Service.objects.filter(pk=keep.pk).update(url="https://example.jp/mended")
    take(tmp_path, FIRST, SECOND | {"officialUrl": "https://example.jp/new"}, at=LATER)
    assert Service.objects.get(pk=keep.pk).url == "https://example.jp/mended"
    item = ReviewItem.objects.get(field="url")
    assert (item.service_id, item.ours, item.theirs) == (
        keep.pk,
        "https://example.jp/mended",
        "https://example.jp/new",
    )


def test_a_value_the_kept_one_has_of_its_own_is_not_touched(tmp_path: Path):
    keep, _, _ = merged(tmp_path, {"name": "keep"})
    take(
        tmp_path,
        FIRST,
        SECOND | {"name": "新しい名前の窓口", "department": "生活の相談コーナー"},
        at=LATER,
    )
    assert Service.objects.get(pk=keep.pk).name == "昭島市くらし相談室"


def test_the_kept_ones_own_row_goes_on_as_before(tmp_path: Path):
    keep, _, _ = merged(tmp_path)
    take(tmp_path, FIRST | {"lastVerifiedAt": "2026-08-30"}, SECOND, at=LATER)
    assert Service.objects.get(pk=keep.pk).last_verified_date.isoformat() == "2026-08-30"


def test_a_row_gone_upstream_does_not_resurrect_anything(tmp_path: Path):
    keep, _, _ = merged(tmp_path)
    take(tmp_path, FIRST, at=LATER)
    take(tmp_path, FIRST, SECOND, at=LATER + timedelta(days=30))
    assert set(Card.objects.values_list("pk", flat=True)) == {keep.pk}


def test_what_an_import_brought_is_not_lost_by_taking_the_merge_back(tmp_path: Path):
    keep, other, one = merged(tmp_path)
    take(tmp_path, FIRST, SECOND | {"phone": "042-000-0009"}, at=LATER)
    undo(one)
    assert rows(keep, "phones", "number") == ["042-000-0001"]
    assert rows(other, "phones", "number") == ["042-000-0009"]
    assert Card.objects.count() == 2


def test_news_travel_through_two_merges(tmp_path: Path):
    third = row(id="c", name="三つめの窓口", department="三つめの窓口", phone="042-000-0003")
    take(tmp_path, FIRST, SECOND, third)
    a, b, c = (SourceRecord.objects.get(key=key).service for key in "abc")
    merge(b, c)
    merge(a, Service.objects.get(pk=b.pk))
    take(tmp_path, FIRST, SECOND, third | {"phone": "042-000-0033"}, at=LATER)
    assert rows(a, "phones", "number") == ["042-000-0001", "042-000-0002", "042-000-0033"]


def test_a_new_service_of_a_merged_operator_belongs_to_the_kept_one(tmp_path: Path):
    welfare = row(
        id="w", name="昭島市社会福祉協議会", department="昭島市社会福祉協議会", phone="042-000-0005"
    )
    take(tmp_path, FIRST, welfare)
    city, council = Organization.objects.order_by("sector")
    shown = preview_merge_of_organizations(keep=city.pk, other=council.pk)
    merge_organizations(
        keep=city.pk, other=council.pk, choices={}, seen=shown.mark, by=WORKER, at=AT
    )
    late = row(
        id="x",
        name="昭島市社会福祉協議会 ひろば",
        department="昭島市社会福祉協議会",
        phone="042-000-0006",
    )
    take(tmp_path, FIRST, welfare, late, at=LATER)
    new = SourceRecord.objects.get(key="x").service
    assert new.organization_id == city.pk
    assert queries.place(new.pk, at=LATER).organization == city.name


def test_a_service_given_to_a_merged_operator_goes_home_and_back():
    kept, gone = make_service("一").organization, make_service("二").organization
    shown = preview_merge_of_organizations(keep=kept.pk, other=gone.pk)
    one = merge_organizations(
        keep=kept.pk, other=gone.pk, choices={}, seen=shown.mark, by=WORKER, at=AT
    )
    late = make_service("三", listed=False)
    Service.objects.filter(pk=late.pk).update(organization=gone)
    refresh_listing(services=[late.pk], at=LATER)
    assert Service.objects.get(pk=late.pk).organization_id == kept.pk
    undo(one)
    assert Service.objects.get(pk=late.pk).organization_id == gone.pk
