"""Correcting who an operator is: what ends with it, and what is not taken."""

import pytest
from django.db import transaction

from madobe.audit.models import AuditEvent
from madobe.directory.actions.editing import create_service
from madobe.directory.actions.operators import (
    MayNotCorrect,
    NameMissing,
    NoWebAddress,
    NumberNotSound,
    SectorUnknown,
    correct_operator,
)
from madobe.directory.actions.vetting import EnteredByYourself, FactsChanged, entered_by
from madobe.directory.models import Card, Organization

from .support import AT, PUBLIC, SUZUKI, TANAKA, actor, answer, mark, operator

pytestmark = pytest.mark.django_db
KEEPER = actor("editor", name="入力の人")
NUMBER = "7000012050002"  # 国税庁


def correct(one: Organization, *, by=KEEPER, seen: str = "", **changes: str) -> bool:
    values = {
        "name": one.name,
        "sector": one.sector,
        "corporate_number": "",
        "website": one.website,
    }
    return correct_operator(
        organization=one.pk, values=values | changes, seen=seen or mark(one), by=by, at=AT
    )


def test_a_correction_ends_the_vetting_and_takes_the_entries_from_view():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    assert correct(one, corporate_number="７００００１２０５０００２")
    found = Organization.objects.get(pk=one.pk)
    assert (found.corporate_number, found.standing) == (NUMBER, "unvetted")
    assert Card.objects.count() == 0


def test_nothing_changed_is_no_correction():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    assert not correct(one)
    assert Card.objects.count() == 1


def test_an_entry_of_a_register_is_corrected_and_goes_on_being_shown():
    one = operator(standing="register")
    assert correct(one, name="まどべ舎（本部）")
    assert "まどべ舎（本部）" in Card.objects.get().body


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"name": "あ" * 201}, NameMissing),
        ({"sector": "secret"}, SectorUnknown),
        ({"corporate_number": "7000012050003"}, NumberNotSound),
        ({"website": "javascript:alert(1)"}, NoWebAddress),
    ],
)
def test_what_is_no_fact_is_not_taken(changes: dict[str, str], refusal: type[Exception]):
    with pytest.raises(refusal):
        correct(operator(), **changes)


def test_a_correction_of_other_facts_than_those_of_now_is_not_taken():
    with pytest.raises(FactsChanged):
        correct(operator(), seen="x", name="べつの名前")


def test_only_who_keeps_its_entries_corrects_it():
    one, other = operator(), operator("灯台舎")
    for person in (actor("counsellor"), actor("editor", organization=other.pk)):
        with pytest.raises(MayNotCorrect), transaction.atomic():
            correct(one, by=person, name="べつの名前")
    assert correct(one, by=actor("editor", organization=one.pk), name="べつの名前")


def test_who_declares_an_operator_public_does_not_vet_it_alone():
    """One person, an editor and a verifier at once: a private operator, called public, would need only one."""
    both = actor("editor", "verifier", name="一人で二役")
    one = operator()
    correct(one, by=both, sector="public")
    with pytest.raises(EnteredByYourself):
        answer(Organization.objects.get(pk=one.pk), both, said=PUBLIC)
    assert AuditEvent.objects.filter(action="organization.correct", by=both.id).count() == 1
    assert both.id in entered_by(one.pk)


@pytest.mark.parametrize(("sector", "needed"), [("npo", 2), ("", 2), ("public", 1)])
def test_an_operator_entered_with_its_first_service_is_of_the_sector_said_there(
    sector: str, needed: int
):
    values = {"name": "まどべの相談"} | ({"sector": sector} if sector else {})
    made = create_service(
        values=values, organization_name="まどべの会", by=KEEPER.id, at=AT, source_name="本人から"
    )
    said = PUBLIC if sector == "public" else None
    assert answer(made.organization, SUZUKI, said=said).needed == needed
