"""Taking a merge back: byte for byte, or with a list of what would be lost."""

import json
from datetime import date, time
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.errors import (
    ChangedSinceMerge,
    LaterMergeStands,
    MayNotMerge,
    UndoneAlready,
)
from madobe.directory.actions.merging.rows import ROWS, STAYING
from madobe.directory.actions.merging.undo import changed_since
from madobe.directory.models import (
    Card,
    CostOption,
    Location,
    Phone,
    ReviewItem,
    ScheduleException,
    Service,
    ServiceAtLocation,
    ServiceKind,
)
from tests.factories.directory import make_service
from tests.factories.staff import actor

from .support import AT, merge, rows, undo, whole_directory

pytestmark = pytest.mark.django_db
WORDS = st.text("あいう窓辺 -1０", max_size=6)
NAMES = WORDS.filter(lambda text: text.strip())
CLOCKS = st.sampled_from(["09:00", "10:30", "17:00"])
KINDS = st.lists(
    st.sampled_from(["municipal_window", "ibasho", "family_class"]), unique=True, min_size=1
)
AREAS = st.lists(
    st.sampled_from([("132071", "昭島市"), ("13", "東京都"), ("JP", "全国")]), unique=True
)
PHONES = st.lists(
    st.fixed_dictionaries(
        {"number": st.sampled_from(["042-000-0001", "0420000001", "03-0000-0002"])},
        optional={"extension": st.integers(1, 9), "description": WORDS},
    ),
    max_size=3,
)
DOORS = st.lists(
    st.fixed_dictionaries({"kind": st.sampled_from(["mail", "form"]), "address": NAMES}), max_size=2
)
SCHEDULES = st.lists(
    st.fixed_dictionaries(
        {"byday": st.sampled_from(["MO", "TU,WE"]), "opens_at": CLOCKS, "closes_at": CLOCKS},
        optional={
            "exceptions": st.just([{"date": date(2026, 12, 1), "kind": "cancelled"}]),
        },
    ),
    max_size=2,
)
ELIGIBILITIES = st.lists(
    st.fixed_dictionaries(
        {
            "source_name": st.just("要綱"),
            "conditions": st.lists(
                st.fixed_dictionaries({"kind": st.just("age_min"), "number": st.integers(0, 99)}),
                max_size=2,
            ),
        }
    ),
    max_size=2,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "role_text": WORDS, "first_visit": WORDS, "url": st.just("https://example.jp/"),
        "aliases": st.lists(NAMES, max_size=2), "notices": st.lists(NAMES, max_size=2),
        "methods": st.lists(st.sampled_from(["phone", "mail"]), unique=True),
        "anonymous_ok": st.sampled_from([None, True, False]), "capacity": st.sampled_from([None, 0, 8]),
        "fee": st.sampled_from(["", "free"]), "source_updated_date": st.just(date(2026, 1, 2)),
        "availability": st.sampled_from(["", "full"]), "updated_at": st.just(AT),
    },
)  # fmt: skip
ENTRY = st.fixed_dictionaries(
    {
        "name": NAMES, "kinds": KINDS, "areas": AREAS, "phones": PHONES, "text_doors": DOORS,
        "schedules": SCHEDULES, "eligibilities": ELIGIBILITIES, "fields": FIELDS,
        "place": st.booleans(), "price": st.booleans(),
    }
)  # fmt: skip
CHOICES = st.dictionaries(
    st.sampled_from(
        ["name", "role_text", "phones", "schedules", "eligibilities", "kinds", "areas", "notices",
         "service_at_locations", "cost_options", "text_doors", "methods"]
    ),
    st.sampled_from(["keep", "other", "both"]),
)  # fmt: skip


def make(entry: dict[str, Any]) -> Service:
    own = dict(entry)
    place, price, fields = own.pop("place"), own.pop("price"), own.pop("fields")
    service = make_service(own.pop("name"), **own, **fields, listed=False)
    if place:
        here = Location.objects.create(organization=service.organization, name="会館")
        ServiceAtLocation.objects.create(service=service, location=here)
    if price:
        CostOption.objects.create(service=service, option="一回", amount="500.50")
    return service


@settings(
    max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(ENTRY, ENTRY, CHOICES)
def test_merging_and_taking_it_back_leaves_every_table_as_it_was(
    first: dict[str, Any], second: dict[str, Any], choices: dict[str, str]
):
    with transaction.atomic():
        keep, other = make(first), make(second)
        refresh_listing(at=AT, services=[keep.pk, other.pk])
        before = whole_directory()
        one = merge(keep, other, choices)
        assert whole_directory() != before
        undo(one)
        assert whole_directory() == before
        transaction.set_rollback(True)


def test_the_trail_of_a_merge_is_plain_json():
    one = merge(
        make_service(), make_service(first_visit="玄関", last_verified_date=date(2026, 1, 1))
    )
    assert json.loads(json.dumps(one.written)) == one.written


def pair(**fields: Any) -> tuple[Service, Service]:
    keep = make_service("甲", phones=[{"number": "042-000-0001"}], role_text="甲の役割")
    other = make_service("乙", phones=[{"number": "042-000-0002"}], role_text="乙の役割", **fields)
    return keep, other


def conflicts_of(one) -> list[str]:
    with pytest.raises(ChangedSinceMerge) as refusal, transaction.atomic():
        undo(one)
    return [conflict.key for conflict in refusal.value.conflicts]


def test_a_value_changed_since_is_named_and_left_or_restored_by_choice():
    for answer, expected in (("leave", "直した"), ("restore", "甲の役割")):
        keep, other = pair()
        one = merge(keep, other, {"role_text": "other"})
        Service.objects.filter(pk=keep.pk).update(role_text="直した")
        key = f"service:{keep.pk}:role_text"
        assert conflicts_of(one) == [key]
        undo(one, {key: answer})
        found = Service.objects.get(pk=keep.pk)
        assert (found.role_text, found.aliases) == (expected, [])
        assert rows(found, "phones", "number") == ["042-000-0001"]


def test_an_answer_that_is_none_of_the_two_is_asked_again():
    keep, other = pair()
    one = merge(keep, other, {"role_text": "other"})
    Service.objects.filter(pk=keep.pk).update(role_text="直した")
    with pytest.raises(ChangedSinceMerge):
        undo(one, {f"service:{keep.pk}:role_text": "perhaps"})


def test_what_the_merge_did_not_write_may_change_freely():
    keep, other = pair()
    one = merge(keep, other)
    Service.objects.filter(pk=keep.pk).update(first_visit="あとから", needs_check=True)
    undo(one)
    assert Service.objects.get(pk=keep.pk).first_visit == "あとから"


def test_a_copied_row_changed_since_is_named():
    keep, other = pair()
    one = merge(keep, other)
    copied = Phone.objects.get(service=keep, number="042-000-0002")
    Phone.objects.filter(pk=copied.pk).update(description="夜間")
    assert conflicts_of(one) == [f"phone:{copied.pk}:"]
    undo(one, {f"phone:{copied.pk}:": "leave"})
    assert rows(keep, "phones", "number") == ["042-000-0001", "042-000-0002"]


def test_a_row_hung_on_a_copied_row_is_named():
    keep, other = pair(schedules=[{"byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}])
    one = merge(keep, other)
    hours = keep.schedules.get()
    ScheduleException.objects.create(
        schedule=hours, date=date(2026, 12, 1), kind="special", opens_at=time(9), closes_at=time(10)
    )
    assert conflicts_of(one) == [f"schedule:{hours.pk}:"]
    undo(one, {f"schedule:{hours.pk}:": "restore"})
    assert not keep.schedules.exists()


def test_a_row_that_stands_where_one_would_come_back_is_named():
    keep, other = pair(kinds=("ibasho",))
    one = merge(keep, other, {"kinds": "other"})
    taken_away = next(c["pk"] for c in one.written if c["table"] == "servicekind" and c["was"])
    ServiceKind.objects.create(service=keep, kind="municipal_window")
    key = f"servicekind:{taken_away}:"
    assert conflicts_of(one) == [key]
    undo(one, {key: "restore"})
    assert rows(keep, "kinds", "kind", "is_main") == [("municipal_window", True)]


def test_another_main_kind_chosen_since_stays_the_main_one():
    keep, other = pair(kinds=("ibasho",))
    one = merge(keep, other, {"kinds": "other"})
    ServiceKind.objects.filter(service=keep).update(is_main=False)
    chosen = ServiceKind.objects.create(service=keep, kind="peer_group", is_main=True)
    undo(one, dict.fromkeys(conflicts_of(one), "restore"))
    assert keep.kinds.get(is_main=True) == chosen


def test_the_later_merge_is_taken_back_first():
    first, second, third = make_service("一"), make_service("二"), make_service("三")
    one = merge(second, first)
    later = merge(third, second)
    with pytest.raises(LaterMergeStands), transaction.atomic():
        undo(one)
    undo(later)
    undo(one)
    assert Card.objects.count() == 3


def test_a_merge_is_taken_back_once():
    one = merge(*pair())
    undo(one)
    with pytest.raises(UndoneAlready):
        undo(one)


def test_others_may_not_take_it_back():
    with pytest.raises(MayNotMerge):
        undo(merge(*pair()), by=actor("statistician"))


def test_the_pair_is_on_the_list_again():
    keep, other = pair()
    item = ReviewItem.objects.create(
        kind="duplicate", table="service", record_id=keep.pk, field=str(other.pk), reason="同じ", opened_at=AT
    )  # fmt: skip
    undo(merge(keep, other))
    item.refresh_from_db()
    assert item.settled_at is None


def test_a_change_of_the_time_stamp_alone_is_no_loss():
    keep, other = pair()
    one = merge(keep, other)
    Service.objects.filter(pk=keep.pk).update(updated_at=AT.replace(year=2027))
    assert changed_since(one) == []


def test_every_table_that_hangs_on_a_service_has_its_place_in_a_merge():
    hanging = {
        one.related_model._meta.model_name
        for one in Service._meta.related_objects
        if one.field.model is not Service
    }
    parts = {Service._meta.get_field(name).related_model._meta.model_name for name in ROWS}
    assert hanging - parts - STAYING == set(), (
        "add the table to ROWS, or to STAYING if it is a trail"
    )
