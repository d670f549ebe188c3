"""A wish for another counsellor or place: found by who arranges it wherever its thread rests, unknown to who answers now."""

from uuid import uuid4

import pytest
from django.core import mail

from madobe.accounts.models import Membership
from madobe.consult.actions.seeker.threads import rest
from madobe.consult.actions.staff import answers, holding, marks
from madobe.consult.actions.staff.notices import tell_duty
from madobe.consult.choices import Change, State
from madobe.consult.models import ChangeRequest, Consultation
from madobe.consult.queries.staff.inbox import inbox
from madobe.consult.queries.staff.lead import led_desks
from madobe.consult.rules.waiting import Why
from madobe.consult.staff_choices import ClosingKind
from madobe.vault.rules.receipts import Receipt
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import World, form_of, open_by

pytestmark = pytest.mark.django_db
WISHES = {Why.ANOTHER, Why.PLACE}


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.MAIL = True


@pytest.fixture
def sent(hana: Person, sora: Person) -> Sent:
    """Answered by はな; そら, who coordinates, holds its key too."""
    found = send()
    holding.claim(hand=hana.hand, thread_id=found.id, at=MORNING)
    draft = answers.Draft(message=uuid4(), seen=1, text="返事")
    answers.reply(hand=hana.hand, thread_id=found.id, draft=draft, at=MORNING)
    return found


def listed(person: Person) -> dict[str, set[Why]]:
    rows = inbox(person.hand, at=MORNING).rows
    return {str(row.id): {one.why for one in row.reasons} & WISHES for row in rows}


def end(sent: Sent, hana: Person, state: State) -> None:
    if state == State.RESTING:
        rest(secret=sent.secret, at=MORNING)
    elif state == State.CLOSED:
        marks.close(hand=hana.hand, thread_id=sent.id, kind=ClosingKind.WISH, helped="", at=MORNING)


@pytest.mark.parametrize("state", [State.WAITING_PERSON, State.RESTING, State.CLOSED])
@pytest.mark.parametrize(("kind", "why"), [("person", Why.ANOTHER), ("place", Why.PLACE)])
def test_who_coordinates_finds_it_in_the_first_list_whatever_its_state(
    sent: Sent, hana: Person, sora: Person, state: State, kind: str, why: Why
):
    end(sent, hana, state)
    before = listed(hana)
    sent.ask_for_another(kind=kind)
    assert sent.row.state == state
    assert listed(sora) == {str(sent.id): {why}}
    assert listed(hana) == before
    assert not any(before.values())


def test_once_it_is_arranged_it_rests_again(sent: Sent, hana: Person, sora: Person, riku: Person):
    end(sent, hana, State.RESTING)
    sent.ask_for_another()
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    assert listed(sora) == {}


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("person", "別の相談員を希望されています", "別の場所"),
        ("place", "別の場所を希望されています", "別の相談員を希望されています"),
    ],
)
def test_staff_see_which_of_both_and_who_answers_now_neither(
    sent: Sent, hana: Person, sora: Person, kind: str, shown: str, hidden: str
):
    sent.ask_for_another(kind=kind)
    page = f"/staff/talk/{sent.id}/"
    seen = sora.client().get(page).content.decode()
    assert shown in seen
    assert hidden not in seen
    unseen = hana.client().get(page).content.decode()
    assert "を希望されています" not in unseen
    assert "別の場所" not in unseen


def told() -> list[list[str]]:
    mail.outbox.clear()
    tell_duty(MORNING)
    return [one.to for one in mail.outbox]


def test_who_coordinates_is_mailed_once_and_of_nothing(sent: Sent):
    sent.ask_for_another(kind="place")
    assert told() == [["sora@example.jp"]]
    (letter,) = mail.outbox
    assert (letter.subject, letter.body) == ("窓辺に、調整をお待ちのものが1件",) * 2
    assert told() == []


def test_outside_of_opening_hours_it_waits(sent: Sent):
    sent.ask_for_another()
    assert tell_duty(MORNING.replace(hour=22)) == 0
    assert told() == [["sora@example.jp"]]


def test_who_answers_is_not_mailed_though_they_coordinate_and_who_holds_the_key_beside_them_is(
    hana: Person, sora: Person
):
    sent = send()
    holding.claim(hand=sora.hand, thread_id=sent.id, co_holder=hana.id, at=MORNING)
    sent.ask_for_another()
    assert told() == [["hana@example.jp"]]
    assert led_desks(sora.hand, at=MORNING)[0].asked == ()
    assert listed(sora) == {str(sent.id): set()}


def test_who_coordinates_without_its_key_sees_that_somebody_has_to_arrange_it(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, co_holder=riku.id, at=MORNING)
    sent.ask_for_another(kind="place")
    assert listed(sora) == {}
    (one,) = led_desks(sora.hand, at=MORNING)[0].asked
    assert (one.thread, one.kind) == (None, Change.PLACE)
    assert "合い鍵のある方が決められます" in (
        sora.client().get("/staff/talk/lead/").content.decode()
    )


def test_the_kind_said_last_holds(sent: Sent):
    sent.ask_for_another()
    sent.ask_for_another(kind="place")
    assert ChangeRequest.objects.get().kind == "place"


def test_a_letter_set_aside_asks_for_nobody(sent: Sent):
    sent.ask_for_another()
    Consultation.objects.update(state=State.SET_ASIDE, owner="")
    assert told() == []


@pytest.mark.parametrize(
    ("kind", "said", "stands", "arranged"),
    [
        ("person", "代わりの相談員をさがします", "別の相談員をさがしています", "代わりの相談員が決まりました"),
        ("place", "窓口が、別の場所をさがします", "窓口が、別の場所をさがしています", "別の場所をいっしょにさがす人が決まりました"),
    ],
)  # fmt: skip
def test_the_person_is_told_what_they_asked_for(
    client, sent: Sent, sora: Person, riku: Person, kind: str, said: str, stands: str, arranged: str
):
    words = Receipt(sent.secret).digits
    first = client.post(
        "/ja/talk/", form_of(open_by(client, words).content) | {"go": "another", "change": kind}
    ).content.decode()
    assert said in first
    assert stands in first
    assert ("文字で相談できる窓口を、もっと見る" in first) == (kind == "place")
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    page = open_by(client, words).content.decode()
    assert arranged in page
    assert stands not in page


def test_the_factory_has_one_who_coordinates(hana: Person):
    """Control: not everybody here does."""
    assert Membership.objects.filter(role="coordinator").count() == 1
