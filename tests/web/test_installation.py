"""A demo never mixes with real work."""

from datetime import date

import pytest

from madobe.web.actions.installation import DatabaseIsNotADemo, claim_for_demo
from madobe.web.models import Feedback, Installation

DAY = date(2026, 11, 21)


@pytest.mark.django_db
def test_an_empty_database_becomes_a_demo():
    assert claim_for_demo(at=DAY) is True
    assert Installation.objects.get().kind == "demo"


@pytest.mark.django_db
def test_a_demo_stays_the_same_demo():
    claim_for_demo(at=DAY)
    assert claim_for_demo(at=date(2027, 1, 1)) is False
    assert Installation.objects.get().created_date == DAY


@pytest.mark.django_db
def test_a_database_of_a_centre_is_refused():
    Installation.objects.create(kind="centre", created_date=DAY)
    with pytest.raises(DatabaseIsNotADemo):
        claim_for_demo(at=DAY)


@pytest.mark.django_db
def test_a_database_that_already_holds_something_is_refused():
    Feedback.objects.create(page="front", language="ja", received_date=DAY)
    with pytest.raises(DatabaseIsNotADemo, match="Feedback"):
        claim_for_demo(at=DAY)
    assert not Installation.objects.exists()
