"""An unvetted or a suspended operator appears nowhere; and the test that says so really looks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from madobe.directory.actions.indexing import build_index
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.suspension import (
    lift_suspension,
    suspend_organization,
    suspend_service,
)
from madobe.directory.actions.vetting import lapse_expired_vettings, void_if_facts_changed
from madobe.directory.models import Card, Organization, Service
from madobe.directory.search.files import folder_of
from tests.factories import visibility
from tests.factories.directory import make_service
from tests.factories.visibility import addresses, appears_anywhere

from .support import AT, SUZUKI, TANAKA, answer, checklist

pytestmark = pytest.mark.django_db
NAME = "窓辺の名だけの相談室"
EVERYWHERE = {
    "/ja/areas/132071/", "cards", "listing", "changes", "shown", "places_for", "POST /ja/guide/",
    "POST /ja/search/", "POST /ja/compare/", "POST /ja/my-list/", "export hsds", "export csv", "madobe search",
    "/api/hsds/services", "POST /api/hsds/services", "/api/hsds/changes", "documents", "search", "search entries",
}  # fmt: skip


def vetted() -> Service:
    service = make_service(NAME, listed=False)
    Organization.objects.filter(pk=service.organization_id).update(
        sector="private", standing="unvetted", name="窓辺の名だけの会"
    )
    one = Organization.objects.get(pk=service.organization_id)
    answer(one, SUZUKI)
    answer(one, TANAKA)
    return service


@pytest.fixture(params=["without a snapshot", "with a snapshot"], autouse=True)
def snapshot(request, settings, tmp_path: Path) -> Callable[[], None]:
    """Make the search's snapshot at this moment; what happens after it reaches the search as an edit."""
    settings.DATA_DIR = tmp_path

    def make() -> None:
        if request.param == "with a snapshot":
            build_index(folder_of(tmp_path), at=AT)

    return make


def where(client: Client) -> list[str]:
    return appears_anywhere(NAME, client, timezone.now())


def test_a_vetted_operator_appears_everywhere_one_looks(client: Client):
    """The control: without it, a look that sees nothing would pass for a door that holds."""
    service = vetted()
    assert set(where(client)) >= {*EVERYWHERE, f"/ja/places/{service.pk}/"}


def test_an_operator_only_one_person_looked_at_appears_nowhere(client: Client):
    service = make_service(NAME, listed=False)
    Organization.objects.filter(pk=service.organization_id).update(
        sector="private", standing="unvetted"
    )
    answer(Organization.objects.get(pk=service.organization_id), SUZUKI)
    refresh_listing(services=[service.pk], at=AT)
    assert where(client) == []


def _suspend_operator(service: Service) -> None:
    suspend_organization(
        organization=service.organization_id, reason="確かめます。", by=SUZUKI, at=AT
    )


def _suspend_service(service: Service) -> None:
    suspend_service(service=service.pk, reason="確かめます。", by=SUZUKI, at=AT)


def _change_facts(service: Service) -> None:
    Organization.objects.filter(pk=service.organization_id).update(
        website="https://new.example.com/"
    )
    void_if_facts_changed(organization=service.organization_id, by="test", at=AT)


def _lapse(service: Service) -> None:
    lapse_expired_vettings(at=AT.replace(year=2028), by="test")


def _refuse(service: Service) -> None:
    answer(service.organization, SUZUKI, said=checklist("free_to_leave"))


@pytest.mark.parametrize(
    "act", [_suspend_operator, _suspend_service, _change_facts, _lapse, _refuse]
)
def test_it_appears_nowhere_the_moment_it_is_taken_from_view(
    client: Client, act: Callable[[Service], None], snapshot: Callable[[], None]
):
    service = vetted()
    snapshot()
    act(service)
    assert where(client) == []


def test_the_operator_is_named_nowhere_either(client: Client, snapshot: Callable[[], None]):
    service = vetted()
    snapshot()
    assert appears_anywhere("窓辺の名だけの会", client, timezone.now()) != []
    _suspend_operator(service)
    assert appears_anywhere("窓辺の名だけの会", client, timezone.now()) == []


def test_lifting_a_suspension_brings_it_back_everywhere(client: Client):
    service = vetted()
    begun = suspend_service(service=service.pk, reason="確かめます。", by=SUZUKI, at=AT)
    before = where(client)
    lift_suspension(suspension=begun.pk, reason="確かめました。", by=SUZUKI, at=AT)
    assert before == []
    assert set(where(client)) >= EVERYWHERE


def test_a_card_left_behind_would_be_seen(client: Client):
    """Negative control: a listing nobody made anew after a suspension."""
    service = vetted()
    body = Card.objects.get(pk=service.pk).body
    _suspend_service(service)
    Card.objects.create(service=service, body=body)
    assert set(where(client)) >= {"cards", f"/ja/places/{service.pk}/", "POST /ja/my-list/"}


def test_a_new_address_with_arguments_would_ask_for_its_line(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    """Negative control."""
    there = [*addresses(), ("<display:display>/compare/<str:ids>/", "directory:compare", True)]
    monkeypatch.setattr(visibility, "addresses", lambda: there)
    with pytest.raises(AssertionError, match="directory:compare"):
        where(client)
