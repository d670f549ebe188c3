"""Merging two operators: what moves, what it means for a vetting, and taking it back."""

import pytest
from django.db import transaction

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.errors import NotTrustedAlike, OneIsSuspended
from madobe.directory.actions.merging.organizations import (
    merge_organizations,
    preview_merge_of_organizations,
)
from madobe.directory.actions.suspension import suspend_organization
from madobe.directory.models import Card, Location, Merge, Organization, Phone, Service
from tests.directory.vetting.support import SUZUKI, TANAKA, answer, operator
from tests.factories.directory import make_service
from tests.factories.staff import actor

from .support import AT, WORKER, undo, whole_directory

pytestmark = pytest.mark.django_db


def join(keep: Organization, other: Organization, choices: dict[str, str] | None = None) -> Merge:
    shown = preview_merge_of_organizations(keep=keep.pk, other=other.pk, choices=choices)
    return merge_organizations(
        keep=keep.pk, other=other.pk, choices=choices or {}, seen=shown.mark, by=WORKER, at=AT
    )


def two() -> tuple[Organization, Organization]:
    keep, other = make_service("甲の窓口").organization, make_service("乙の窓口").organization
    Organization.objects.filter(pk=other.pk).update(
        name="まどべの会", website="https://example.jp/"
    )
    Phone.objects.create(organization=other, number="042-000-0007")
    Location.objects.create(organization=other, name="会館")
    Organization.objects.create(name="支部", parent_organization=other, standing="register")
    Organization.objects.update(standing="register")
    refresh_listing(at=AT)
    return tuple(Organization.objects.get(pk=one.pk) for one in (keep, other))


def test_everything_of_the_other_goes_to_the_kept_one():
    keep, other = two()
    join(keep, other)
    keep.refresh_from_db()
    assert sorted(keep.services.values_list("name", flat=True)) == ["乙の窓口", "甲の窓口"]
    assert (keep.phones.count(), keep.locations.count(), keep.children.count()) == (1, 1, 1)
    assert (keep.aliases, keep.website) == (["まどべの会"], "https://example.jp/")
    assert all('"まどべの会"' in body for body in Card.objects.values_list("body", flat=True))


def test_taking_it_back_leaves_every_table_as_it_was():
    keep, other = two()
    before = whole_directory()
    one = join(keep, other)
    assert whole_directory() != before
    undo(one)
    assert whole_directory() == before


def test_a_service_moved_on_since_is_named():
    keep, other = two()
    third = Organization.objects.create(name="丙", standing="register")
    one = join(keep, other)
    moved = Service.objects.get(name="乙の窓口")
    Service.objects.filter(pk=moved.pk).update(organization=third)
    key = f"service:{moved.pk}:organization_id"
    undo(one, {key: "leave"})
    assert Service.objects.get(pk=moved.pk).organization_id == third.pk


def test_a_child_can_be_merged_into_its_parent_and_the_other_way_round():
    for child_is_kept in (False, True):
        above, child = make_service().organization, make_service().organization
        Organization.objects.filter(pk=child.pk).update(parent_organization=above)
        refresh_listing(at=AT)
        pair = (child, above) if child_is_kept else (above, child)
        before = whole_directory()
        one = join(*pair)
        assert Organization.objects.get(pk=pair[0].pk).parent_organization_id is None
        undo(one)
        assert whole_directory() == before


def test_the_vetted_facts_of_the_kept_one_stay_unless_asked_otherwise():
    keep, other = operator(), make_service().organization
    answer(keep, SUZUKI)
    answer(keep, TANAKA)
    Organization.objects.filter(pk=other.pk).update(website="https://example.jp/")
    one = join(Organization.objects.get(pk=keep.pk), other)
    assert Card.objects.filter(pk=only_service_of(keep)).exists()
    undo(one)
    join(Organization.objects.get(pk=keep.pk), other, {"website": "other"})
    assert not Card.objects.filter(pk=only_service_of(keep)).exists()
    assert Organization.objects.get(pk=keep.pk).standing == "unvetted"


def only_service_of(keep: Organization):
    return Service.objects.get(organization=keep, name=f"{keep.name}の相談").pk


def test_an_unvetted_operator_does_not_come_under_a_trusted_one():
    unvetted, trusted = operator(), make_service().organization
    with pytest.raises(NotTrustedAlike), transaction.atomic():
        join(trusted, unvetted)
    join(unvetted, trusted)  # the other way round nothing unvetted is shown
    assert Card.objects.count() == 0


def test_one_out_of_view_is_not_merged():
    keep, other = two()
    suspend_organization(organization=other.pk, reason="確かめます。", by=actor("officer"), at=AT)
    with pytest.raises(OneIsSuspended):
        join(keep, other)
