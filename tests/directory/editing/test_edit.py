"""Editing an entry: what changes, what stays, who said so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from madobe.audit.models import AuditEvent
from madobe.directory import queries
from madobe.directory.actions.editing import (
    ChangedMeanwhile,
    Edited,
    WouldLackSomething,
    create_service,
    edit_service,
)
from madobe.directory.models import (
    Change,
    Draft,
    FieldChange,
    FieldSource,
    Location,
    Phone,
    Service,
    ServiceAtLocation,
)
from madobe.directory.models.facts import FACTS, facts_of, fingerprint
from tests.factories.directory import make_service
from tests.factories.staff import ADA, BEN

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def seen_of(service: Service) -> dict[str, str]:
    return {name: fingerprint(value) for name, value in stored(service).items()}


def stored(service: Service) -> dict[str, Any]:
    return facts_of(Service.objects.get(pk=service.pk))


def edit(service: Service, by: str = ADA, seen: Any = None, **values: Any) -> Edited:
    return edit_service(
        service_id=service.pk,
        values=values,
        seen=seen_of(service) if seen is None else seen,
        by=by,
        at=AT,
        source_name="窓口の電話",
        reason="番号が変わった",
    )


def test_an_edit_is_on_the_page_at_once():
    service = make_service()
    edit(service, when_to_use="夜に話したいとき。")
    place = queries.place(service.pk, at=AT)
    assert place is not None
    assert place.when_to_use == "夜に話したいとき。"


def test_each_field_keeps_who_when_and_on_whose_word():
    service = make_service(first_visit="受付で名前を書きます。")
    edit(service, first_visit="名前は書きません。")
    change = FieldChange.objects.get(service=service)
    assert (change.field, change.old, change.new) == (
        "first_visit",
        "受付で名前を書きます。",
        "名前は書きません。",
    )
    assert (change.by, change.at, change.source_name, change.reason) == (
        ADA,
        AT,
        "窓口の電話",
        "番号が変わった",
    )
    source = FieldSource.objects.get(record_id=service.pk, field="first_visit")
    assert (source.set_by, source.source_name, source.checked_date) == (
        ADA,
        "窓口の電話",
        date(2026, 11, 26),
    )


def test_fields_of_one_edit_share_a_group():
    service = make_service()
    edit(service, first_visit="あ", content_text="い")
    assert FieldChange.objects.values("group").distinct().count() == 1
    assert FieldChange.objects.count() == 2


def test_the_act_is_audited_without_its_content():
    service = make_service()
    edit(service, first_visit="秘密のことば")
    event = AuditEvent.objects.get()
    assert (event.action, event.by, event.record_id) == ("service.edit", ADA, str(service.pk))
    assert event.detail == {"fields": ["first_visit"], "checked": False}


def test_an_edit_gets_the_next_revision():
    service = make_service()
    before = Change.objects.get(service_id=service.pk).number
    edit(service, first_visit="あ")
    assert Change.objects.get(service_id=service.pk).number == before + 1


def test_the_same_values_again_leave_no_trace():
    service = make_service(aliases=["まど"], methods=["phone", "in_person"])
    assert edit(service, **facts_of(service)).fields == ()
    assert not FieldChange.objects.exists()
    assert not AuditEvent.objects.exists()


def test_line_ends_of_a_browser_are_no_change():
    service = make_service(first_visit="一行目\n二行目")
    assert edit(service, first_visit="一行目\r\n二行目 ").fields == ()


def test_checked_on_this_day_and_no_longer_stale():
    service = make_service(status="stale", last_verified_date=date(2025, 1, 1))
    edit_service(
        service_id=service.pk,
        values={},
        seen={},
        by=ADA,
        at=AT,
        source_name="電話",
        is_checked=True,
    )
    service.refresh_from_db()
    assert (service.status, service.last_verified_date) == ("published", date(2026, 11, 26))
    assert FieldChange.objects.get().field == "last_verified_date"


def test_an_entry_people_read_keeps_its_when_to_use():
    service = make_service()
    with pytest.raises(WouldLackSomething) as refusal:
        edit(service, when_to_use="")
    assert refusal.value.facts == ("when_to_use",)


def test_two_people_and_different_fields_both_are_kept():
    service = make_service()
    seen = seen_of(service)
    both_saw = facts_of(service)
    edit(service, by=ADA, seen=seen, **{**both_saw, "first_visit": "朝から"})
    edit(service, by=BEN, seen=seen, **{**both_saw, "content_text": "話を聞きます。"})
    service.refresh_from_db()
    assert (service.first_visit, service.content_text) == ("朝から", "話を聞きます。")


def test_two_people_and_the_same_field_show_both_values():
    service = make_service()
    seen = seen_of(service)
    edit(service, by=ADA, seen=seen, first_visit="朝から", content_text="あ")
    with pytest.raises(ChangedMeanwhile) as refusal:
        edit(service, by=BEN, seen=seen, first_visit="昼から", role_text="い")
    (conflict,) = refusal.value.conflicts
    assert (conflict.field, conflict.stored, conflict.wanted, conflict.by, conflict.at) == (
        "first_visit",
        "朝から",
        "昼から",
        ADA,
        AT,
    )
    service.refresh_from_db()
    assert (service.first_visit, service.role_text) == ("朝から", "")


def test_after_seeing_both_the_second_decides():
    service = make_service()
    edit(service, by=ADA, first_visit="朝から")
    edit(service, by=BEN, seen=seen_of(service), first_visit="昼から")
    service.refresh_from_db()
    assert service.first_visit == "昼から"


def test_a_draft_of_it_goes_and_those_of_others_stay():
    service = make_service()
    for owner, target in ((ADA, str(service.pk)), (ADA, "new"), (BEN, str(service.pk))):
        Draft.objects.create(owner=owner, target=target, values={}, updated_at=AT)
    edit(service, first_visit="あ")
    left = set(Draft.objects.values_list("owner", "target"))
    assert left == {(ADA, "new"), (BEN, str(service.pk))}


def test_rows_that_stay_keep_their_ids():
    service = make_service(phones=[{"number": "042-000-0001"}, {"number": "042-000-0002"}])
    before = dict(service.phones.values_list("number", "pk"))
    edit(
        service,
        phones=[
            {"number": "042-000-0002"},
            {"number": "042-000-0003", "extension": 2853, "extension_last": 2856},
        ],
    )
    after = dict(service.phones.values_list("number", "pk"))
    assert after["042-000-0002"] == before["042-000-0002"]
    assert [one.number for one in service.phones.all()] == ["042-000-0002", "042-000-0003"]
    assert Phone.objects.get(number="042-000-0003").extension_last == 2856


VALUES: dict[str, Any] = {
    "kinds": ["ibasho", "municipal_window"],
    "areas": ["13", "132071"],
    "phones": [{"number": "042-544-5111", "extension": 2853, "extension_last": 2856, "is_toll_free": True}],
    "text_doors": [
        {"kind": "form", "address": "https://example.jp/f", "reply_note": "3日ほど", "verified_date": "2026-11-01"}
    ],
    "contacts": [{"department": "福祉総務課", "email": "a@example.jp"}],
    "links": [{"kind": "flyer", "title": "ちらし", "url": "https://example.jp/a.pdf"}],
    "usage_limits": [{"target": "family", "times": 5, "source_name": "都"}],
    "cost_options": [{"option": "月例会", "amount": "1000.00", "subsidy": "免除あり"}],
    "languages": [{"code": "en", "name": "English"}],
    "schedules": [
        {
            "byday": "MO,TU",
            "opens_at": "10:00",
            "closes_at": "17:00",
            "closed_on_holidays": True,
            "exceptions": [{"date": "2026-12-28", "kind": "special", "opens_at": "10:00", "closes_at": "12:00"}],
        },
        {"freq": "", "dtstart": "2026-12-05", "opens_at": "13:00", "closes_at": "15:00"},
        {"freq": "MONTHLY", "byday": "-1SA", "opens_at": "13:30", "closes_at": "16:30", "kind": "event_series"},
    ],
    "eligibilities": [
        {
            "source_name": "要綱",
            "valid_from": "2026-04-01",
            "conditions": [
                {"kind": "age_max", "number": 39, "note": "39歳まで"},
                {"kind": "residence_in", "values": ["132071"]},
            ],
        }
    ],
    "place": {
        "name": "市役所", "municipality": "132071", "postal_code": "196-8511", "state_province": "東京都",
        "city": "昭島市", "address_1": "田中町1-17-1", "floor": "2階", "window": "9番窓口",
    },
    "aliases": ["まど", "まどべ"],
    "professions": ["社会福祉士"],
    "methods": ["in_person", "phone"],
    "anonymous_ok": True,
    "capacity": 12,
    "source_updated_date": "2026-10-01",
    "recheck_months": 3,
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_every_fact_is_written_and_read_back(name: str):
    service = make_service()
    edit(service, **{name: VALUES[name]})
    assert stored(service)[name] == VALUES[name]
    assert FieldChange.objects.get().field == name


@pytest.mark.parametrize("name", VALUES)
def test_every_fact_can_be_changed_once_more_and_back(name: str):
    service = make_service()
    first = stored(service)[name]
    edit(service, **{name: VALUES[name]})
    edit(service, **{name: first})
    assert stored(service)[name] == first


def test_all_facts_are_spoken_of_by_a_fresh_entry():
    assert set(facts_of(make_service())) == set(FACTS)


def test_a_place_other_services_share_stays_theirs():
    one, other = make_service("一"), make_service("二")
    shared = Location.objects.create(name="市役所")
    for service in (one, other):
        ServiceAtLocation.objects.create(service=service, location=shared)
    edit(one, place={"name": "別館"})
    assert facts_of(one)["place"] == {"name": "別館"}
    assert facts_of(other)["place"] == {"name": "市役所"}


def test_coordinates_of_an_old_address_are_not_kept():
    service = make_service()
    location = Location.objects.create(name="市役所", latitude=35.7, longitude=139.3)
    ServiceAtLocation.objects.create(service=service, location=location)
    edit(service, place={"name": "市役所", "address_1": "別の町2-2"})
    location.refresh_from_db()
    assert location.latitude is None


def test_a_new_entry_is_a_draft_nobody_reads():
    service = create_service(
        values={"name": "新しい居場所", "when_to_use": "休みたいとき", "kinds": ["ibasho"], "areas": ["132071"]},
        organization_name="まどの会",
        by=ADA,
        at=AT,
        source_name="電話",
    )  # fmt: skip
    assert service.status == "draft"
    assert service.organization.standing == "unvetted"
    assert queries.place(service.pk, at=AT) is None
    assert [one.kind for one in service.kinds.all()] == ["ibasho"]
    assert {one.field for one in FieldChange.objects.all()} == {
        "name",
        "when_to_use",
        "kinds",
        "areas",
    }


def test_a_new_entry_of_a_known_organization_does_not_double_it():
    known = make_service().organization
    made = create_service(
        values={"name": "二つめ"}, organization_name="見本市", by=ADA, at=AT, source_name="電話"
    )
    assert made.organization == known
