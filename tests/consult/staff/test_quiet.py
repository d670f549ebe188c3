"""A thread that waits in quiet: taken in, promised and answered like any other, and nobody is called for it (S4-12)."""

from datetime import timedelta

import pytest
from django.core import mail

from madobe.consult.actions.staff.marks import keep_quiet
from madobe.consult.actions.staff.notices import tell_duty
from madobe.consult.actions.staff.safety import note_danger
from madobe.consult.actions.upkeep import renew_promises
from madobe.consult.queries.staff.inbox import QUIET, UNASSIGNED, inbox, mark_of
from madobe.consult.queries.staff.thread import staff_thread
from madobe.consult.queries.threads import seen
from madobe.consult.quiet import DAYS
from madobe.consult.reach import open_thread
from madobe.consult.rules.noted import Danger
from madobe.consult.staff_choices import Safety
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.desks.models import DutyTurn
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(hana: Person) -> Sent:
    found = send("なんで返事をよこさないんだ。")
    keep_quiet(hand=hana.hand, thread_id=found.id, quiet=True, at=MORNING)
    return found


def listed(person: Person, at=MORNING, only: str = "") -> list[str]:
    return [str(row.id) for row in inbox(person.hand, at=at, only=only).rows]


def test_it_stands_apart_and_is_counted_there_alone(hana: Person, sent: Sent):
    other = send("夜になると眠れません。")
    assert listed(hana) == listed(hana, only=UNASSIGNED) == [str(other.id)]
    assert listed(hana, only=QUIET) == [str(sent.id)]
    assert inbox(hana.hand, at=MORNING).waiting == 1


def test_its_person_sees_no_difference(hana: Person):
    sent = send("ひとりごと")

    def page() -> object:
        return seen(find_thread(secret=sent.secret, on=day_of(MORNING)))

    before = page()
    keep_quiet(hand=hana.hand, thread_id=sent.id, quiet=True, at=MORNING)
    assert page() == before
    sent.write("つづき")
    assert len(page().messages) == 2
    assert page().reply_by == before.reply_by


def test_on_the_day_of_its_promise_it_is_back(hana: Person, sent: Sent):
    promised = sent.row.reply_by
    assert listed(hana, at=promised - timedelta(days=1)) == []
    assert listed(hana, at=promised - timedelta(hours=7)) == [str(sent.id)]


def test_words_of_danger_bring_it_back(hana: Person, sent: Sent):
    sent.write("もう死にたい。")
    assert listed(hana) == [str(sent.id)]
    assert listed(hana, only=QUIET) == []


def test_a_promise_that_was_missed_brings_it_back_and_its_renewal_hides_nothing(
    hana: Person, sent: Sent
):
    later = sent.row.reply_by + timedelta(hours=1)
    assert renew_promises(later) == 1
    assert sent.row.reply_by > later + timedelta(hours=12)
    assert listed(hana, at=later) == [str(sent.id)]


def test_a_danger_somebody_noted_brings_it_back(hana: Person, sent: Sent):
    note_danger(
        hand=hana.hand, thread_id=sent.id, level=Safety.WATCH, danger=Danger("今夜と書かれている", ""),
        review_on=day_of(MORNING) + timedelta(days=1), at=MORNING,
    )  # fmt: skip
    assert listed(hana) == [str(sent.id)]


def test_a_wish_for_another_counsellor_brings_it_back(hana: Person, sent: Sent):
    sent.ask_for_another()
    assert listed(hana) == [str(sent.id)]


def test_after_a_week_it_ends_by_itself(hana: Person, sent: Sent):
    type(sent.row).objects.update(reply_by=None)
    assert listed(hana, at=MORNING + timedelta(days=DAYS)) == []
    assert listed(hana, at=MORNING + timedelta(days=DAYS + 1)) == [str(sent.id)]


def test_it_can_be_ended_at_any_time(hana: Person, sora: Person, sent: Sent):
    before = mark_of(hana.hand, at=MORNING)
    keep_quiet(hand=sora.hand, thread_id=sent.id, quiet=False, at=MORNING)
    assert listed(hana) == [str(sent.id)]
    assert mark_of(hana.hand, at=MORNING) != before


def test_nobody_on_duty_is_told_of_it(world: World, hana: Person, sent: Sent, settings):
    settings.MAIL = True
    DutyTurn.objects.create(
        desk=world.desk, member=hana.id, starts_at=MORNING - timedelta(hours=2),
        ends_at=MORNING + timedelta(hours=8),
    )  # fmt: skip
    assert tell_duty(MORNING) == 0
    keep_quiet(hand=hana.hand, thread_id=sent.id, quiet=False, at=MORNING)
    assert tell_duty(MORNING) == 1
    assert len(mail.outbox) == 1


def test_the_page_of_the_thread_says_until_when(hana: Person, sent: Sent):
    client = hana.client()
    page = f"/staff/talk/{sent.id}/"
    assert "12月4日 まで、静かに待っています。" in client.get(page).content.decode()
    client.post(f"{page}mark/", {"go": "loud"})
    found = open_thread(hana.hand, sent.id, at=MORNING)
    assert staff_thread(hana.hand, found, at=MORNING).quiet_until is None
    client.post(f"{page}mark/", {"go": "quiet"})
    assert "もとのところにもどす" in client.get(page).content.decode()


def test_a_joint_thread_says_who_writes(hana: Person):
    sent = send("母と二人で書いています。", who="together")
    assert (
        "本人と家族で、いっしょに" in hana.client().get(f"/staff/talk/{sent.id}/").content.decode()
    )
