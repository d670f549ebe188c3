"""Taken from view at once, with everything below; brought back only by somebody else, with a reason."""

import pytest
from django.db import transaction

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.suspension import (
    FollowsAnother,
    MayNotSuspend,
    NotSuspended,
    OwnSuspension,
    SuspendedAlready,
    SuspensionReasonMissing,
    lift_suspension,
    suspend_organization,
    suspend_service,
)
from madobe.directory.models import Card, Change, Organization, Service, Suspension
from tests.factories.directory import make_service

from .support import AT, SUZUKI, actor, answer, checklist, only_service, operator

pytestmark = pytest.mark.django_db
WHY = "強引な連れ出しの相談がありました。"


def listed(service: Service) -> bool:
    card = Card.objects.filter(pk=service.pk).exists()
    assert card == Service.objects.filter(pk=service.pk).shown().exists()
    return card


@pytest.mark.parametrize("role", ["verifier", "coordinator", "officer", "admin"])
def test_anybody_answerable_takes_an_operator_from_view_at_once(role: str):
    service = make_service()
    suspend_organization(organization=service.organization_id, reason=WHY, by=actor(role), at=AT)
    assert not listed(service)
    change = Change.objects.get(service_id=service.pk)
    assert (change.is_shown, change.at) == (False, AT)


@pytest.mark.parametrize("role", ["editor", "counsellor", "organiser", "statistician"])
def test_others_may_not(role: str):
    service = make_service()
    with pytest.raises(MayNotSuspend):
        suspend_service(service=service.pk, reason=WHY, by=actor(role), at=AT)
    assert listed(service)


def test_a_reason_is_asked_for():
    with pytest.raises(SuspensionReasonMissing):
        suspend_service(service=make_service().pk, reason="  ", by=SUZUKI, at=AT)


def test_one_service_alone_can_be_taken_from_view():
    service, other = make_service(), make_service("となりの窓口")
    suspend_service(service=service.pk, reason=WHY, by=SUZUKI, at=AT)
    assert (listed(service), listed(other)) == (False, True)


def test_those_below_and_those_merged_into_it_go_with_it():
    top, child, grandchild, merged = (make_service(f"窓口{n}") for n in range(4))
    for low, high in ((child, top), (grandchild, child)):
        Organization.objects.filter(pk=low.organization_id).update(
            parent_organization=high.organization_id
        )
    Organization.objects.filter(pk=merged.organization_id).update(merged_into=top.organization_id)
    suspend_organization(organization=top.organization_id, reason=WHY, by=SUZUKI, at=AT)
    assert not any(map(listed, (top, child, grandchild, merged)))


def test_a_body_put_below_a_suspended_one_afterwards_is_not_listed_either():
    top, late = make_service("上"), make_service("あとから")
    suspend_organization(organization=top.organization_id, reason=WHY, by=SUZUKI, at=AT)
    Organization.objects.filter(pk=late.organization_id).update(
        parent_organization=top.organization_id
    )
    refresh_listing(services=[late.pk], at=AT)
    assert not listed(late)


def test_lifting_brings_everything_back_but_what_is_held_for_another_reason():
    top, child = make_service("上"), make_service("下")
    Organization.objects.filter(pk=child.organization_id).update(
        parent_organization=top.organization_id
    )
    own = suspend_organization(organization=child.organization_id, reason=WHY, by=SUZUKI, at=AT)
    whole = suspend_organization(organization=top.organization_id, reason=WHY, by=SUZUKI, at=AT)
    lift_suspension(suspension=whole.pk, reason="確かめました。", by=SUZUKI, at=AT)
    assert (listed(top), listed(child)) == (True, False)
    lift_suspension(suspension=own.pk, reason="確かめました。", by=SUZUKI, at=AT)
    assert listed(child)
    found = Organization.objects.get(pk=child.organization_id)
    assert (found.suspended_at, found.suspended_by, found.suspension_reason) == (None, "", "")


def test_what_follows_another_suspension_is_not_lifted_alone():
    top, child = make_service("上"), make_service("下")
    Organization.objects.filter(pk=child.organization_id).update(
        parent_organization=top.organization_id
    )
    suspend_organization(organization=top.organization_id, reason=WHY, by=SUZUKI, at=AT)
    following = Suspension.objects.get(organization=child.organization_id)
    with pytest.raises(FollowsAnother):
        lift_suspension(suspension=following.pk, reason="もどす", by=SUZUKI, at=AT)


def test_a_refusal_is_not_lifted_as_a_suspension():
    one = operator(standing="register")
    answer(one, SUZUKI, said=checklist("consent"))
    begun = Suspension.objects.get(organization=one)
    with pytest.raises(FollowsAnother):
        lift_suspension(suspension=begun.pk, reason="もどす", by=actor("admin"), at=AT)


def test_a_member_cannot_bring_the_own_operator_back():
    service = make_service()
    begun = suspend_organization(organization=service.organization_id, reason=WHY, by=SUZUKI, at=AT)
    member = actor("verifier", "admin", name="中の人", organization=service.organization_id)
    with pytest.raises(OwnSuspension), transaction.atomic():
        lift_suspension(suspension=begun.pk, reason="もどす", by=member, at=AT)
    assert not listed(service)


def test_a_second_tap_says_so():
    service = make_service()
    suspend_service(service=service.pk, reason=WHY, by=SUZUKI, at=AT)
    with pytest.raises(SuspendedAlready), transaction.atomic():
        suspend_service(service=service.pk, reason=WHY, by=SUZUKI, at=AT)
    begun = Suspension.objects.get()
    lift_suspension(suspension=begun.pk, reason="もどす", by=SUZUKI, at=AT)
    with pytest.raises(NotSuspended):
        lift_suspension(suspension=begun.pk, reason="もどす", by=SUZUKI, at=AT)


def test_a_form_or_an_import_that_saves_an_older_copy_brings_nothing_back():
    one = operator(standing="register")
    service = only_service(one)
    refresh_listing(services=[service.pk], at=AT)
    old_operator = Organization.objects.get(pk=one.pk)
    old_service = Service.objects.get(pk=service.pk)
    suspend_organization(organization=one.pk, reason=WHY, by=SUZUKI, at=AT)
    suspend_service(service=service.pk, reason=WHY, by=SUZUKI, at=AT)
    old_operator.save()
    old_service.status = "published"
    old_service.save()
    refresh_listing(services=[service.pk], at=AT)
    assert not listed(service)
