"""What merging two services gives, part by part, and what it refuses."""

import pytest
from django.db import transaction

from madobe.directory.actions.merging.errors import (
    ChangedSincePreview,
    MayNotMerge,
    MergedAlready,
    NotTrustedAlike,
    OneIsSuspended,
    SameEntry,
)
from madobe.directory.actions.merging.services import merge_services, preview_merge
from madobe.directory.actions.suspension import suspend_service
from madobe.directory.models import Card, Change, Organization, ReviewItem, Service
from tests.factories.directory import make_service
from tests.factories.staff import actor

from .support import AT, WORKER, merge, rows

pytestmark = pytest.mark.django_db


def chosen(keep: Service, other: Service, part: str, choice: str = "") -> tuple:
    shown = preview_merge(keep=keep.pk, other=other.pk, choices={part: choice})
    found = next(one for one in shown.lines if one.part.name == part)
    return found.options, found.chosen, found.result


def test_a_value_only_one_has_is_taken():
    keep, other = make_service(), make_service(first_visit="玄関で待ちます。")
    assert chosen(keep, other, "first_visit") == (("other", "keep"), "other", "玄関で待ちます。")


def test_of_two_values_the_kept_ones_stands_unless_chosen_otherwise():
    keep, other = make_service(role_text="甲"), make_service(role_text="乙")
    assert chosen(keep, other, "role_text")[1:] == ("keep", "甲")
    assert chosen(keep, other, "role_text", "other")[1:] == ("other", "乙")


def test_what_is_equal_or_missing_is_no_question():
    keep, other = make_service(fee="free"), make_service(fee="")
    assert chosen(keep, other, "fee")[0] == ("keep",)
    assert chosen(keep, other, "when_to_use")[0] == ("keep",)


def test_a_choice_nobody_offered_is_the_usual_one():
    keep, other = make_service(role_text="甲"), make_service(role_text="乙")
    assert chosen(keep, other, "role_text", "../../etc")[1] == "keep"


def test_phones_doors_kinds_and_areas_come_together_each_once():
    keep = make_service(
        phones=[{"number": "042-000-0001"}],
        kinds=("municipal_window",),
        areas=[("132071", "昭島市")],
        text_doors=[{"kind": "mail", "address": "a@example.jp"}],
    )
    other = make_service(
        phones=[{"number": "0420000001"}, {"number": "042-000-0002"}],
        kinds=("family_class", "municipal_window"),
        areas=[("132071", "昭島市"), ("13", "東京都")],
        text_doors=[{"kind": "fax", "address": "042-000-0003"}],
    )
    merge(keep, other)
    assert rows(keep, "phones", "number") == ["042-000-0001", "042-000-0002"]
    assert rows(keep, "kinds", "kind", "is_main") == [
        ("family_class", False),
        ("municipal_window", True),
    ]
    assert rows(keep, "areas", "extent") == ["13", "132071"]
    assert rows(keep, "text_doors", "kind") == ["fax", "mail"]


def test_opening_hours_are_those_of_one_of_the_two():
    keep = make_service(schedules=[{"byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}])
    hours = {"byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}
    day = {"date": "2026-12-01", "kind": "cancelled"}
    other = make_service(schedules=[hours | {"exceptions": [day]}])
    assert chosen(keep, other, "schedules")[1] == "keep"
    merge(keep, other, {"schedules": "other"})
    assert rows(keep, "schedules", "byday") == ["TU"]
    assert [one.exceptions.count() for one in keep.schedules.all()] == [1]


def test_the_merged_name_is_found_as_another_spelling():
    keep, other = (
        make_service("サポステ昭島"),
        make_service("昭島サポートステーション", aliases=["旧名"]),
    )
    merge(keep, other)
    assert Service.objects.get(pk=keep.pk).aliases == ["旧名", "昭島サポートステーション"]


def test_the_merged_one_is_shown_nowhere_and_both_are_numbered_as_changed():
    keep, other = make_service(), make_service()
    merge(keep, other)
    assert set(Card.objects.values_list("pk", flat=True)) == {keep.pk}
    assert dict(Change.objects.values_list("service_id", "is_shown")) == {
        keep.pk: True,
        other.pk: False,
    }
    assert len(set(Change.objects.values_list("number", flat=True))) == 1


def test_a_pair_on_the_list_of_duplicates_is_settled():
    keep, other = make_service(), make_service()
    ReviewItem.objects.create(
        kind="duplicate", table="service", record_id=other.pk, field=str(keep.pk), reason="同じ", opened_at=AT
    )  # fmt: skip
    merge(keep, other)
    assert ReviewItem.objects.get().settled_by == WORKER.id


def test_what_changed_since_the_preview_is_not_merged_unseen():
    keep, other = make_service(), make_service()
    shown = preview_merge(keep=keep.pk, other=other.pk)
    Service.objects.filter(pk=other.pk).update(role_text="あとから")
    with pytest.raises(ChangedSincePreview):
        merge_services(keep=keep.pk, other=other.pk, choices={}, seen=shown.mark, by=WORKER, at=AT)


def test_an_entry_is_not_merged_with_itself_or_twice():
    keep, other, third = make_service(), make_service(), make_service()
    with pytest.raises(SameEntry):
        merge(keep, keep)
    merge(keep, other)
    for pair in ((third, other), (other, third)):
        with pytest.raises(MergedAlready), transaction.atomic():
            merge(*pair)


@pytest.mark.parametrize("role", ["counsellor", "organiser", "statistician"])
def test_others_may_not_merge(role: str):
    with pytest.raises(MayNotMerge):
        merge(make_service(), make_service(), by=actor(role))


def test_what_nobody_has_vetted_does_not_come_under_a_trusted_name():
    """A way round the two people: publish the text of an unvetted operator by merging it into a public one."""
    keep, other = make_service(), make_service()
    Organization.objects.filter(pk=other.organization_id).update(standing="unvetted")
    with pytest.raises(NotTrustedAlike):
        merge(keep, other)


def test_what_is_out_of_view_is_not_merged():
    keep, other = make_service(), make_service()
    suspend_service(service=other.pk, reason="確かめます。", by=actor("verifier"), at=AT)
    with pytest.raises(OneIsSuspended):
        merge(keep, other)
