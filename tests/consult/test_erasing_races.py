"""A mail and the end of a thread's days at the same moment: what was acknowledged is there."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from madobe.channels.actions.taking import Outcome, take_in
from madobe.channels.rules.incoming import Incoming, Kind
from madobe.consult.actions.upkeep import let_go
from madobe.consult.models import Consultation
from madobe.desks.models import Desk
from tests.factories.answering import MORNING, Person, people
from tests.factories.desk import make_world
from tests.factories.doors import texts, threads
from tests.factories.threads import alone, at_once, shared_database

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 5


def desk() -> Person:
    made = make_world()
    Desk.objects.filter(pk=made.desk.pk).update(channels=["web", "email"])
    return people(made)[0]


def mail(text: str) -> Outcome:
    letter = Incoming(
        channel="email",
        kind=Kind.TEXT,
        at=MORNING,
        foreign_id=text,
        sender="mizu@example.jp",
        letter_id=f"<{text}@example.jp>",
        text=text,
    )
    return take_in(incoming=letter, desk="", at=MORNING)


def its_days_have_run_out() -> None:
    Consultation.objects.update(expires_date=MORNING.date() - timedelta(days=1))


def read_by(hana: Person) -> list[str]:
    return [text for thread in threads() for text in texts(hana, thread.pk)]


def test_a_mail_while_its_thread_is_let_go_is_there_afterwards(tmp_path: Path):
    with shared_database(tmp_path):
        hana = alone(desk)
        alone(partial(mail, "0"))
        for turn in range(1, TURNS + 1):
            alone(its_days_have_run_out)
            taken, gone = at_once([partial(mail, str(turn)), partial(let_go, MORNING)])
            assert taken == Outcome.TAKEN, taken
            assert gone in (0, 1), gone
            assert str(turn) in alone(partial(read_by, hana))
