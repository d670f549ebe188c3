"""What who coordinates sees, and what is mailed to whom: counts by name, and no word of anybody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail

from madobe.consult.actions.erasing import mark_for_erasing
from madobe.consult.actions.staff import answers, holding
from madobe.consult.actions.staff.notices import send_due_notices, tell_duty
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.actions.upkeep import renew_promises
from madobe.consult.models import Care, Consultation
from madobe.consult.queries.staff.inbox import inbox
from madobe.consult.queries.staff.lead import led_desks
from madobe.consult.rules.waiting import Why
from madobe.desks.models import DutyTurn
from madobe.vault.models import Grant
from tests.factories.answering import LETTER, MORNING, Person, Sent, send
from tests.factories.desk import World

pytestmark = pytest.mark.django_db
ADDRESS = "mizuiro@example.net"


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.MAIL = True


def on_turn(world: World, *people: Person) -> None:
    for one in people:
        DutyTurn.objects.create(
            desk=world.desk, member=one.id, starts_at=MORNING - timedelta(hours=2),
            ends_at=MORNING + timedelta(hours=8),
        )  # fmt: skip


def answer(person: Person, sent: Sent, at=MORNING) -> None:
    draft = answers.Draft(message=uuid4(), seen=1, text="返事")
    answers.reply(hand=person.hand, thread_id=sent.id, draft=draft, at=at)


def test_people_stand_by_name_whatever_they_carry(
    world: World, hana: Person, sora: Person, riku: Person
):
    for _ in range(2):
        holding.claim(hand=sora.hand, thread_id=send().id, at=MORNING)
    holding.claim(hand=riku.hand, thread_id=send().id, at=MORNING)
    (desk,) = led_desks(sora.hand, at=MORNING)
    assert [(one.name, one.held) for one in desk.people] == [
        ("見本 そら", 2), ("見本 はな", 0), ("見本 りく", 1),
    ]  # fmt: skip
    assert (desk.waiting, desk.unassigned) == (3, 0)


def test_what_is_being_erased_is_counted_nowhere(world: World, hana: Person, sora: Person):
    kept, going, unread = send(), send(), send()
    for sent in (kept, going):
        holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    going.ask_for_another()
    (before,) = led_desks(sora.hand, at=MORNING)
    for sent in (going, unread):
        mark_for_erasing(sent.id, by_person=True, on=MORNING.date())
    (after,) = led_desks(sora.hand, at=MORNING)
    counted = [
        (one.waiting, one.unassigned, {who.name: who.held for who in one.people}["見本 はな"])
        for one in (before, after)
    ]
    assert counted == [(3, 1, 2), (1, 0, 1)]
    assert [len(one.asked) for one in (before, after)] == [1, 0]


def test_only_who_coordinates_sees_it(world: World, hana: Person, sora: Person):
    assert led_desks(hana.hand, at=MORNING) == []
    assert hana.client().get("/staff/talk/lead/").status_code == 404
    assert "窓口のようす" in sora.client().get("/staff/talk/lead/").content.decode()


def test_a_promise_is_near_before_it_is_missed(world: World, sora: Person):
    sent = send()
    before = MORNING.replace(month=12, day=2, hour=9)
    (desk,) = led_desks(sora.hand, at=before)
    assert [one.thread for one in desk.soon] == [sent.id]
    assert desk.late == ()
    after = MORNING.replace(month=12, day=2, hour=18)
    renew_promises(after)
    (desk,) = led_desks(sora.hand, at=after)
    assert [one.missed for one in desk.late] == [1]


def test_a_thread_one_person_alone_opens_is_on_the_list(world: World, hana: Person, sora: Person):
    sent, kept = send(), send()
    for one in (sent, kept):
        holding.claim(hand=hana.hand, thread_id=one.id, at=MORNING)
    Grant.objects.filter(case=sent.id, holder=sora.keyring.holder).delete()
    (desk,) = led_desks(sora.hand, at=MORNING)
    assert [(one.owner_name, one.holders, one.thread) for one in desk.alone] == [
        ("見本 はな", 1, None)
    ]


def test_an_answer_is_told_by_a_mail_that_says_nothing(world: World, hana: Person):
    sent = send(notice_to=ADDRESS)
    answer(hana, sent)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ADDRESS], "お知らせがあります")
    assert str(sent.id) not in letter.body
    assert "http" not in letter.body


def test_a_later_day_is_told_too_and_once(world: World, hana: Person):
    sent = send(notice_to=ADDRESS)
    later = {
        "hand": hana.hand, "thread_id": sent.id, "message": uuid4(),
        "day": MORNING.date() + timedelta(days=4), "at": MORNING,
    }  # fmt: skip
    for _ in range(2):
        answers.answer_later(**later)
    assert [(one.to, one.subject) for one in mail.outbox] == [([ADDRESS], "お知らせがあります")]


def test_nobody_who_did_not_ask_is_written_to(world: World, hana: Person):
    answer(hana, send(call_me="みずいろ"))
    assert mail.outbox == []


def test_in_quiet_hours_it_waits_for_a_loud_one(world: World, hana: Person, mei: Person):
    sent = send(notice_to=ADDRESS)
    night = MORNING.replace(hour=22)
    answer(hana, sent, at=night)
    assert mail.outbox == []
    assert Care.objects.get().notice_due
    assert send_due_notices(hand=hana.hand, at=night) == 0
    assert send_due_notices(hand=mei.hand, at=MORNING + timedelta(days=3)) == 0
    for _ in range(2):
        send_due_notices(hand=hana.hand, at=MORNING + timedelta(days=3))
    assert [one.to for one in mail.outbox] == [[ADDRESS]]


def test_what_did_not_go_stays_due(world: World, hana: Person, settings):
    settings.MAIL = False
    answer(hana, send(notice_to=ADDRESS))
    assert Care.objects.get().notice_due


def test_the_address_lies_nowhere_in_the_clear(world: World, hana: Person):
    sent = send(notice_to=ADDRESS)
    answer(hana, sent, at=MORNING.replace(hour=22))
    row = sent.row
    assert ADDRESS not in str(vars(row)) + str(vars(Care.objects.get()))


def test_who_is_on_duty_hears_once_of_each_letter(world: World, hana: Person, riku: Person):
    on_turn(world, hana)
    send()
    assert tell_duty(MORNING) == 1
    assert tell_duty(MORNING + timedelta(minutes=5)) == 0
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["hana@example.jp"], "窓辺に1件")
    assert LETTER[:5] not in letter.body


def test_danger_is_told_apart(world: World, hana: Person):
    on_turn(world, hana)
    send(urgent=True)
    send()
    tell_duty(MORNING)
    assert [one.subject for one in mail.outbox] == ["窓辺に1件（急ぎの当番へ）", "窓辺に1件"]


@pytest.mark.parametrize("hour", [9, 17, 22])
def test_outside_of_opening_hours_nobody_is_written_to(world: World, hana: Person, hour: int):
    on_turn(world, hana)
    send()
    assert tell_duty(MORNING.replace(hour=hour)) == 0
    assert mail.outbox == []


def test_what_somebody_has_just_taken_is_news_for_nobody(world: World, hana: Person, sora: Person):
    on_turn(world, hana, sora)
    holding.claim(hand=hana.hand, thread_id=send().id, at=MORNING)
    assert tell_duty(MORNING) == 0


def told(at=MORNING) -> list[tuple[str, str]]:
    """Who is written to now, and what."""
    mail.outbox.clear()
    tell_duty(at)
    return [(one.to[0].partition("@")[0], one.subject) for one in mail.outbox]


@pytest.fixture
def hanas(world: World, hana: Person, sora: Person) -> Sent:
    """A thread はな answers, while そら is on duty."""
    on_turn(world, sora)
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    answer(hana, sent)
    return sent


def test_danger_in_a_thread_somebody_answers_is_told_to_them_and_to_whoever_is_on_duty(
    hanas: Sent,
):
    hanas.write("もう死にたい。")
    urgent = "窓辺に1件（急ぎの当番へ）"
    assert told() == [("sora", urgent), ("hana", urgent)]
    assert told() == []


def test_danger_is_told_to_the_others_even_when_who_answers_has_read_it_already(
    hanas: Sent, hana: Person
):
    hanas.write("もう死にたい。")
    read_thread(hand=hana.hand, thread_id=hanas.id, at=MORNING)
    assert ("sora", "窓辺に1件（急ぎの当番へ）") in told()


def test_of_danger_nobody_is_told_of_whom_the_person_took_leave(
    world: World, hana: Person, sora: Person, riku: Person
):
    on_turn(world, hana, sora)
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    sent.ask_for_another()
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    sent.write("もう死にたい。")
    assert [one for one, _ in told()] == ["sora", "riku"]


def test_danger_stands_on_top_of_the_list_however_far_its_promise(
    hanas: Sent, hana: Person, sora: Person, mei: Person
):
    later = MORNING + timedelta(days=7)
    hanas.write("つづきです。")
    answers.answer_later(
        hand=hana.hand, thread_id=hanas.id, message=uuid4(), day=later.date(), at=MORNING
    )
    near = send()
    assert [one.id for one in inbox(sora.hand, at=MORNING).rows] == [near.id, hanas.id]
    hanas.write("もう死にたい。")
    rows = inbox(sora.hand, at=MORNING).rows
    assert [one.id for one in rows] == [hanas.id, near.id]
    assert rows[0].reasons[0].why == Why.DANGER
    assert inbox(mei.hand, at=MORNING).rows == ()


def test_danger_stands_behind_no_row_of_letters_alike(world: World, hana: Person):
    sent = send()
    Consultation.objects.update(held="alike")
    assert inbox(hana.hand, at=MORNING).rows == ()
    sent.write("もう死にたい。")
    assert [one.id for one in inbox(hana.hand, at=MORNING).rows] == [sent.id]


def test_a_calm_letter_is_told_to_who_answers_once_until_they_have_seen_it(
    hanas: Sent, hana: Person
):
    for _ in range(2):
        hanas.write("つづきです。")
        first = told()
        hanas.write("もうひとつ。")
        assert (first, told()) == ([("hana", "窓辺に1件")], [])
        read_thread(hand=hana.hand, thread_id=hanas.id, at=MORNING)
        assert told() == []


def test_a_page_left_open_has_seen_nothing(hanas: Sent, hana: Person):
    client = hana.client()
    client.get(f"/staff/talk/{hanas.id}/")
    hanas.write("つづきです。")
    assert "つづきです。" in client.get(f"/staff/talk/{hanas.id}/poll/").content.decode()
    assert told() == [("hana", "窓辺に1件")]


def test_a_calm_letter_its_answerer_has_seen_already_is_told_to_nobody(hanas: Sent, hana: Person):
    hanas.write("つづきです。")
    read_thread(hand=hana.hand, thread_id=hanas.id, at=MORNING)
    assert told() == []


def test_a_letter_that_crossed_our_own_line_is_told_all_the_same(hanas: Sent, hana: Person):
    hanas.write("つづきです。")
    day = MORNING.date() + timedelta(days=4)
    answers.answer_later(hand=hana.hand, thread_id=hanas.id, message=uuid4(), day=day, at=MORNING)
    assert told() == [("hana", "窓辺に1件")]


def test_outside_of_opening_hours_who_answers_is_left_in_peace(hanas: Sent):
    hanas.write("つづきです。")
    assert told(MORNING.replace(hour=22)) == []


def test_a_thread_that_goes_to_somebody_else_is_news_for_them(hanas: Sent, hana, riku: Person):
    hanas.write("つづきです。")
    assert told() == [("hana", "窓辺に1件")]
    holding.hand_over(hand=hana.hand, thread_id=hanas.id, to=riku.id, at=MORNING)
    assert told() == [("riku", "窓辺に1件")]
    holding.give_back(hand=riku.hand, thread_id=hanas.id, at=MORNING)
    assert (told(), told()) == ([("sora", "窓辺に1件")], [])


def test_a_line_of_our_own_is_no_news(world: World, hana: Person, sora: Person):
    on_turn(world, sora)
    sent = send()
    assert told() == [("sora", "窓辺に1件")]
    answers.answer_later(
        hand=hana.hand, thread_id=sent.id, message=uuid4(),
        day=MORNING.date() + timedelta(days=4), at=MORNING,
    )  # fmt: skip
    assert told() == []


def test_who_coordinates_hears_of_a_promise_before_it_is_missed(
    world: World, hana: Person, sora: Person
):
    send()
    near = MORNING.replace(month=12, day=2, hour=15)
    assert [tell_duty(near), tell_duty(near)] == [1, 0]
    assert [one.to for one in mail.outbox] == [["sora@example.jp"]]


def test_tests_send_no_real_mail():
    assert "locmem" in settings.EMAIL_BACKEND
