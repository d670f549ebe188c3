"""An import after an edit: the person's value stays, a person decides, and then imports flow again."""

import copy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from madobe.directory.actions.editing import (
    AlreadySettled,
    edit_service,
    settle_review_item,
    verify_service,
)
from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, import_windows
from madobe.directory.data import founding_data
from madobe.directory.models import FieldChange, FieldSource, Organization, ReviewItem, Service
from madobe.directory.models.facts import facts_of, fingerprint
from madobe.directory.rules.ids import founding_id
from tests.directory.windows.rows import row, write
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)


def take(folder: Path, *rows: dict[str, str], at: datetime = AT) -> None:
    import_windows(
        request=ImportRequest(files=[write(folder, list(rows))], by="import windows", at=at)
    )


def edit(service_id: UUID, **values: Any) -> None:
    service = Service.objects.get(pk=service_id)
    seen = {name: fingerprint(value) for name, value in facts_of(service).items()}
    edit_service(service_id=service_id, values=values, seen=seen, by=ADA, at=AT, source_name="電話")


def facts(service_id: UUID) -> dict[str, Any]:
    return facts_of(Service.objects.get(pk=service_id))


# what a person writes, and what the next release says in the source's own columns
EDITS: dict[str, tuple[Any, dict[str, str]]] = {
    "name": ("人が直した名前", {"name": "上流の新しい名前 相談窓口"}),
    "phones": ([{"number": "03-9999-9999"}], {"phone": "03-1111-1111"}),
    "schedules": (
        [{"byday": "MO", "opens_at": "10:00", "closes_at": "11:00"}],
        {"openingHours": "平日 10時から16時"},
    ),
    "place": ({"name": "別館", "address_1": "人の町1-1"}, {"address": "昭島市新町9-9"}),
}


@pytest.mark.parametrize("name", EDITS)
def test_windows_the_persons_value_stays_and_both_are_shown(tmp_path: Path, name: str):
    value, upstream = EDITS[name]
    take(tmp_path, row())
    service = Service.objects.get()
    edit(service.pk, **{name: value})
    take(tmp_path, row(**upstream), at=LATER)
    assert facts(service.pk)[name] == value
    assert [item.field for item in ReviewItem.objects.filter(kind="difference", field=name)] == [
        name
    ]


@pytest.mark.parametrize("name", EDITS)
def test_windows_theirs_is_taken_and_the_next_release_is_quiet(tmp_path: Path, name: str):
    value, upstream = EDITS[name]
    take(tmp_path, row())
    service = Service.objects.get()
    edit(service.pk, **{name: value})
    take(tmp_path, row(**upstream), at=LATER)
    for item in ReviewItem.objects.all():
        settle_review_item(item_id=item.pk, decision="theirs", by=ADA, at=LATER)
    assert facts(service.pk)[name] != value
    taken = facts(service.pk)
    take(tmp_path, row(**upstream), at=LATER + timedelta(days=1))
    assert not ReviewItem.objects.filter(settled_at__isnull=True).exists()
    assert facts(service.pk) == taken
    take(tmp_path, row(), at=LATER + timedelta(days=2))  # and the release after that flows in again
    assert not ReviewItem.objects.filter(settled_at__isnull=True, field=name).exists()


def test_windows_ours_stays_and_is_not_asked_again(tmp_path: Path):
    take(tmp_path, row())
    service = Service.objects.get()
    edit(service.pk, name="人が直した名前")
    changed = row(name="上流の新しい名前 相談窓口")
    take(tmp_path, changed, at=LATER)
    settle_review_item(item_id=ReviewItem.objects.get().pk, decision="ours", by=ADA, at=LATER)
    take(tmp_path, changed, at=LATER + timedelta(days=1))
    assert facts(service.pk)["name"] == "人が直した名前"
    assert ReviewItem.objects.count() == 1
    with pytest.raises(AlreadySettled):
        settle_review_item(item_id=ReviewItem.objects.get().pk, decision="theirs", by=ADA, at=LATER)


def test_windows_what_an_import_left_empty_and_a_person_filled_in_stays(tmp_path: Path):
    take(tmp_path, row(phone=""))
    service = Service.objects.get()
    edit(service.pk, phones=[{"number": "03-9999-9999"}])
    take(tmp_path, row(phone="", officialUrl="https://example.jp/new"), at=LATER)
    assert not ReviewItem.objects.filter(field="phones").exists()
    take(tmp_path, row(phone="03-1111-1111"), at=LATER + timedelta(days=1))
    assert facts(service.pk)["phones"] == [{"number": "03-9999-9999"}]
    assert ReviewItem.objects.filter(field="phones").count() == 1


def test_windows_an_import_writes_history_and_takes_its_word_back(tmp_path: Path):
    take(tmp_path, row())
    take(tmp_path, row(name="上流の新しい名前 相談窓口"), at=LATER)
    change = FieldChange.objects.get(field="name")
    assert (change.by, change.at) == ("import windows", LATER)
    source = FieldSource.objects.get(field="name", table="service")
    assert (source.set_by, source.source_name) == ("", "")


def test_windows_the_later_day_of_checking_holds_without_a_question(tmp_path: Path):
    take(tmp_path, row(lastVerifiedAt="2026-05-20"))
    service = Service.objects.get()
    verify_service(service_id=service.pk, by=ADA, at=AT, source_name="電話")
    take(tmp_path, row(lastVerifiedAt="2026-06-01"), at=LATER)
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 11, 21)
    take(tmp_path, row(lastVerifiedAt="2026-12-01"), at=LATER)
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 12, 1)
    assert not ReviewItem.objects.exists()


def test_windows_a_row_that_went_takes_its_entry_only_if_a_person_says_so(tmp_path: Path):
    take(tmp_path, row(), row(id="jp-13207-two", name="二つめ 相談窓口", phone="042-000-0009"))
    gone = Service.objects.get(name__startswith="二つめ")
    take(tmp_path, row(), at=LATER)
    item = ReviewItem.objects.get(kind="removed")
    gone.refresh_from_db()
    assert gone.status == "published"
    settle_review_item(item_id=item.pk, decision="theirs", by=ADA, at=LATER)
    gone.refresh_from_db()
    assert gone.status == "suspended"


FOUNDING: dict[str, tuple[Any, Any]] = {
    "kinds": (["ibasho"], ["livelihood_support", "ibasho"]),
    "areas": (["13"], [{"extent": "13", "name": "東京都"}, {"extent": "132071", "name": "昭島市"}]),
    "phones": ([{"number": "042-000-0001"}], [{"number": "042-000-0002"}, {"number": "042-000-0003"}]),
    "text_doors": (
        [{"kind": "mail", "address": "a@example.jp"}],
        [{"kind": "form", "address": "https://example.jp/"}],
    ),
    "schedules": (
        [{"byday": "MO", "opens_at": "09:00", "closes_at": "10:00"}],
        [
            {
                "byday": "TU",
                "opens_at": "09:00",
                "closes_at": "12:00",
                "exceptions": [{"date": "2026-12-01", "kind": "cancelled"}],
            }
        ],
    ),
    "eligibilities": (
        [{"source_name": "電話", "conditions": [{"kind": "age_max", "number": 39}]}],
        [{"source_name": "市", "conditions": [{"kind": "age_min", "number": 15}, {"kind": "age_max", "number": 64}]}],
    ),
    "when_to_use": ("人が直した使い時。", "元のデータの新しい使い時。"),
    "aliases": (["人の書き方"], ["元の書き方"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUNDING)
def test_founding_the_persons_value_stays_and_theirs_can_be_taken(name: str):
    ours, theirs = FOUNDING[name]
    data = copy.deepcopy(founding_data())
    load_founding(by="test", at=AT, data=data)
    key = "akishima-kurashi-shigoto"
    service_id = founding_id("service", key)
    entry = next(one for one in data["services"] if one["key"] == key)
    edit(service_id, **{name: ours})
    entry[name] = theirs
    load_founding(by="test", at=LATER, data=data)
    assert facts(service_id)[name] == ours
    settle_review_item(item_id=ReviewItem.objects.get().pk, decision="theirs", by=ADA, at=LATER)
    taken = facts(service_id)[name]
    assert taken != ours
    if name == "areas":
        assert taken == ["13", "132071"]
    elif name in ("kinds", "when_to_use", "aliases", "phones", "schedules", "eligibilities"):
        assert taken == theirs
    entry["first_visit"] = (
        "ほかのところの新しい値"  # the next release is quiet about what was settled
    )
    load_founding(by="test", at=LATER + timedelta(days=1), data=data)
    assert ReviewItem.objects.count() == 1
    assert facts(service_id)[name] == taken


def test_founding_a_place_of_its_own_is_not_put_back():
    data = copy.deepcopy(founding_data())
    load_founding(by="test", at=AT, data=data)
    key = "akishima-window"
    service_id = founding_id("service", key)
    edit(service_id, place={"name": "別館"})
    entry = next(one for one in data["services"] if one["key"] == key)
    entry["first_visit"] = "ほかのところの新しい値"
    load_founding(by="test", at=LATER, data=data)
    assert facts(service_id)["place"] == {"name": "別館"}
    assert Service.objects.get(pk=service_id).service_at_locations.count() == 1


def test_founding_a_place_a_person_took_away_stays_away():
    data = copy.deepcopy(founding_data())
    load_founding(by="test", at=AT, data=data)
    service_id = founding_id("service", "akishima-window")
    edit(service_id, place={})
    entry = next(one for one in data["services"] if one["key"] == "akishima-window")
    entry["first_visit"] = "ほかのところの新しい値"
    load_founding(by="test", at=LATER, data=data)
    assert facts(service_id)["place"] == {}


def test_founding_a_difference_about_an_organization_is_settled_there():
    data = copy.deepcopy(founding_data())
    load_founding(by="test", at=AT, data=data)
    key = founding_id("organization", "yoake-no-kai")
    Organization.objects.filter(pk=key).update(name="夜明けの会（人が直した）")
    next(one for one in data["organizations"] if one["key"] == "yoake-no-kai")["name"] = (
        "夜明けの会２"
    )
    load_founding(by="test", at=LATER, data=data)
    item = ReviewItem.objects.get()
    settle_review_item(item_id=item.pk, decision="theirs", by=ADA, at=LATER)
    assert Organization.objects.get(pk=key).name == "夜明けの会２"
