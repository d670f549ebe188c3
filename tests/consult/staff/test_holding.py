"""Whose a thread is, and who can read it then: by key, not by screen."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from madobe.accounts.models import KeyWish, Membership
from madobe.consult.actions.staff import holding
from madobe.consult.actions.staff.answers import Draft, reply
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.models import Care, ChangeRequest, Consultation, Message
from madobe.consult.queries.staff.inbox import inbox
from madobe.consult.queries.staff.thread import staff_thread
from madobe.consult.queries.threads import seen
from madobe.consult.reach import NotOpenedHere, NotReached, open_thread
from madobe.consult.rules.waiting import Why
from madobe.consult.sealed import BODY
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.desks.models import DutyTurn
from madobe.vault.choices import Holder
from madobe.vault.keyring import Keyring, NotYours
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from tests.factories.answering import LETTER, MORNING, Person, make_colleague, send
from tests.factories.desk import World
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db


def readers(thread: UUID) -> set[tuple[str, str]]:
    """Who holds the key of a thread: (kind, owner)."""
    rows = Grant.objects.filter(case=thread)
    return set(rows.values_list("holder__kind", "holder__owner"))


def text_of(keyring: Keyring, thread: UUID) -> str:
    message = Message.objects.filter(consultation=thread).order_by("number").first()
    assert message is not None
    return keyring.open(thread).text(BODY, message.pk, message.body)


def test_before_anybody_takes_it_all_on_duty_read(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    assert [text_of(one.keyring, sent.id) for one in (hana, sora, riku)] == [LETTER] * 3


def test_taken_it_is_read_by_two_people_and_the_house(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    held = holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    assert held == holding.Held(hana.id, sora.id)
    assert readers(sent.id) == {
        (Holder.MEMBER, hana.id),
        (Holder.MEMBER, sora.id),
        (Holder.RECOVERY, "house"),
    }
    assert text_of(hana.keyring, sent.id) == text_of(sora.keyring, sent.id) == LETTER
    with pytest.raises(NotYours):
        riku.keyring.open(sent.id)
    with pytest.raises(NotReached):
        open_thread(riku.hand, sent.id, at=MORNING)


def test_an_old_copy_of_every_row_opens_nothing_sealed_after_it_was_taken(
    world: World, hana: Person, riku: Person
):
    """Who was on duty kept a copy of the whole database of before, and gets one of after."""
    sent = send()
    old_case = riku.keyring.open(sent.id)
    grants = list(Grant.objects.filter(case=sent.id))
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    sent.write("だれにも言っていないことです。")
    for message in Message.objects.filter(consultation=sent.id):
        with pytest.raises(NotOpenedError):
            old_case.text(BODY, message.pk, message.body)
    Grant.objects.all().delete()
    Grant.objects.bulk_create(grants)  # the rows of before put back
    again = riku.keyring.open(sent.id)
    for message in Message.objects.filter(consultation=sent.id):
        with pytest.raises(NotOpenedError):
            again.text(BODY, message.pk, message.body)


def test_the_colleague_beside_can_be_chosen(world: World, hana: Person, sora: Person, riku: Person):
    sent = send()
    held = holding.claim(hand=hana.hand, thread_id=sent.id, co_holder=riku.id, at=MORNING)
    assert held.co_holder == riku.id
    with pytest.raises(NotYours):
        sora.keyring.open(sent.id)


def test_without_a_coordinator_who_is_on_duty_stands_beside(
    world: World, hana: Person, sora: Person, riku: Person
):
    Membership.objects.filter(role="coordinator").delete()
    DutyTurn.objects.create(
        desk=world.desk,
        member=riku.id,
        starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=4),
    )
    sent = send()
    assert holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING).co_holder == riku.id


def test_somebody_alone_keeps_the_duty_group_beside_them(world: World, hana: Person, sora: Person):
    Membership.objects.filter(user=sora.user).delete()
    sent = send()
    assert holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING).co_holder == ""
    assert (Holder.DUTY, f"desk:{world.desk.pk}") in readers(sent.id)


def test_danger_stays_with_whoever_is_on_duty_too(world: World, hana: Person, riku: Person):
    sent = send(urgent=True)
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    assert text_of(riku.keyring, sent.id) == LETTER
    assert [row.id for row in inbox(riku.hand, at=MORNING).rows] == [sent.id]


def test_of_two_who_take_it_the_second_hears_the_name_of_the_first(
    world: World, hana: Person, riku: Person
):
    sent = send()
    read_thread(hand=riku.hand, thread_id=sent.id, at=MORNING)
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    with pytest.raises(holding.HeldAlready) as told:
        holding.claim(hand=riku.hand, thread_id=sent.id, at=MORNING)
    assert told.value.name == "見本 はな"


def test_who_never_had_it_open_hears_nothing(world: World, hana: Person, riku: Person):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    with pytest.raises(NotReached):
        holding.claim(hand=riku.hand, thread_id=sent.id, at=MORNING)


@pytest.mark.parametrize("paired", [True, False])
def test_a_desk_of_another_office_is_reached_by_who_is_paired_with_it(
    world: World, hana: Person, paired: bool
):
    place = make_service("まどべの川辺").organization
    kai = make_colleague(world, "kai@example.jp", "見本 かい", organization=place, in_group=paired)
    sent = send()
    assert [one.id for one in inbox(kai.hand, at=MORNING).rows] == ([sent.id] if paired else [])
    if paired:
        assert holding.claim(hand=kai.hand, thread_id=sent.id, at=MORNING).owner == kai.id
    else:
        with pytest.raises(NotReached):
            open_thread(kai.hand, sent.id, at=MORNING)


def test_a_key_that_waits_to_be_confirmed_is_given_nothing(
    world: World, hana: Person, sora: Person
):
    KeyWish.objects.create(user=sora.user, made_at=MORNING)
    sent = send()
    held = holding.claim(hand=hana.hand, thread_id=sent.id, co_holder=sora.id, at=MORNING)
    assert held.co_holder == ""
    with pytest.raises(holding.NotAColleague):
        holding.hand_over(hand=hana.hand, thread_id=sent.id, to=sora.id, at=MORNING)


def test_on_duty_without_the_key_of_the_group_the_row_has_no_text(
    world: World, hana: Person, mei: Person
):
    sent = send()
    DutyTurn.objects.create(
        desk=world.desk,
        member=mei.id,
        starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=4),
    )
    (row,) = inbox(mei.hand, at=MORNING).rows
    assert (row.is_opened, row.line) == (False, "")
    with pytest.raises(NotOpenedHere):
        open_thread(mei.hand, sent.id, at=MORNING)
    assert inbox(mei.hand, at=MORNING + timedelta(hours=5)).rows == ()


def test_given_back_it_waits_for_whoever_is_on_duty(world: World, hana: Person, riku: Person):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    holding.give_back(hand=hana.hand, thread_id=sent.id, at=MORNING)
    assert sent.row.owner == Care.objects.get().co_holder == ""
    assert text_of(riku.keyring, sent.id) == LETTER


def test_handed_over_who_had_it_reads_no_more(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    held = holding.hand_over(hand=hana.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    assert held == holding.Held(riku.id, sora.id)
    assert text_of(riku.keyring, sent.id) == LETTER
    with pytest.raises(NotYours):
        hana.keyring.open(sent.id)


def test_it_is_handed_to_nobody_without_a_key(world: World, hana: Person):
    from tests.factories.accounts import make_user

    keyless = make_user("nao@example.jp", name="見本 なお", roles=("counsellor",))
    sent = send()
    for to in (keyless.actor_id, "staff:nobody", ""):
        with pytest.raises(holding.NotAColleague):
            holding.hand_over(hand=hana.hand, thread_id=sent.id, to=to, at=MORNING)
    assert sent.row.owner == ""


def test_very_many_threads_are_said_and_not_refused(world: World, hana: Person):
    world.desk.max_open = 1
    world.desk.save()
    first, second = send(), send()
    assert not holding.claim(hand=hana.hand, thread_id=first.id, at=MORNING).is_much
    assert holding.claim(hand=hana.hand, thread_id=second.id, at=MORNING).is_much


def wish_and_arrange(sent, sora: Person, to: Person) -> None:
    sent.ask_for_another()
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=to.id, at=MORNING)


def test_of_the_wish_for_another_who_answers_now_is_not_told(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)

    def seen(one: Person) -> tuple[bool, bool]:
        found = open_thread(one.hand, sent.id, at=MORNING)
        (row,) = inbox(one.hand, at=MORNING).rows
        page = staff_thread(one.hand, found, at=MORNING)
        return page.wants_another, Why.ANOTHER in [why.why for why in row.reasons]

    assert seen(hana) == seen(sora) == (False, False)
    sent.ask_for_another()
    assert seen(hana) == (False, False)
    assert seen(sora) == (True, True)
    with pytest.raises(holding.NothingToArrange):
        holding.arrange_change(hand=hana.hand, thread_id=sent.id, to=riku.id, at=MORNING)


def test_whoever_asked_is_told_that_another_is_there_until_they_write_again(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)

    def said(at: datetime) -> tuple[bool, bool]:
        page = seen(find_thread(secret=sent.secret, on=day_of(at)))
        return page.asked_for_change, page.has_another

    assert said(MORNING) == (False, False)
    sent.ask_for_another()
    assert said(MORNING) == (True, False)
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    assert said(MORNING) == (False, True)
    sent.write("はじめまして", at=MORNING + timedelta(days=1))
    assert said(MORNING + timedelta(days=1)) == (False, False)


def test_arranged_the_one_before_reads_nothing_any_more(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    wish_and_arrange(sent, sora, riku)
    assert ChangeRequest.objects.get().settled_by == sora.id
    assert sent.row.owner == riku.id
    with pytest.raises(NotYours):
        hana.keyring.open(sent.id)
    with pytest.raises(NotReached):
        open_thread(hana.hand, sent.id, at=MORNING)


@pytest.mark.parametrize("then", ["urgent", "given back"])
def test_nor_through_the_duty_group(
    world: World, hana: Person, sora: Person, riku: Person, then: str
):
    sent = send(urgent=then == "urgent")
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    wish_and_arrange(sent, sora, riku)
    if then == "given back":
        holding.give_back(hand=riku.hand, thread_id=sent.id, at=MORNING)
    DutyTurn.objects.create(
        desk=world.desk,
        member=hana.id,
        starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=4),
    )
    assert text_of(riku.keyring, sent.id) == text_of(sora.keyring, sent.id) == LETTER
    with pytest.raises(NotYours):
        hana.keyring.open(sent.id)
    assert inbox(hana.hand, at=MORNING).rows == ()
    with pytest.raises(holding.NotAColleague):
        holding.hand_over(hand=sora.hand, thread_id=sent.id, to=hana.id, at=MORNING)


def test_what_only_staff_do_does_not_stir_a_page_of_the_person(
    world: World, hana: Person, riku: Person
):
    sent = send()
    before = Consultation.objects.values().get(pk=sent.id)
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    holding.hand_over(hand=hana.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    after = Consultation.objects.values().get(pk=sent.id)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"owner"}


def test_a_family_and_its_person_have_no_relation_anywhere():
    """Nothing in the tables of the desk points from one thread to another (T5)."""
    from django.apps import apps

    crossing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("consult").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and (model is Consultation)
        and field.related_model is Consultation
        or getattr(field, "many_to_many", False)
    ]
    assert crossing == []
    both = [
        model.__name__
        for model in apps.get_app_config("consult").get_models()
        if sum(field.related_model is Consultation for field in model._meta.fields) > 1
    ]
    assert both == []


def test_the_group_of_the_factory_has_three_members(world: World, riku: Person):
    """Control of these tests: りく is let in by the group's key and by nothing else."""
    group = HolderKey.objects.get(kind=Holder.DUTY)
    assert GroupSeal.objects.filter(group=group).count() == 3
    assert not Grant.objects.filter(holder=riku.keyring.holder).exists()


def test_danger_in_a_taken_thread_is_read_by_whoever_is_on_duty(
    world: World, hana: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    with pytest.raises(NotReached):
        open_thread(riku.hand, sent.id, at=MORNING)
    sent.write("今夜、死のうと思います。")
    assert text_of(riku.keyring, sent.id) == LETTER
    row = inbox(riku.hand, at=MORNING).rows[0]
    assert (row.id, row.line) == (sent.id, "今夜、死のうと思います。")


def test_a_calm_letter_in_a_taken_thread_is_read_by_nobody_else(
    world: World, hana: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    sent.write("きょうは少し眠れました。")
    with pytest.raises(NotYours):
        riku.keyring.open(sent.id)


def test_danger_is_not_read_by_whom_the_person_did_not_want_any_more(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    sent.ask_for_another()
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=sora.id, at=MORNING)
    sent.write("もう死にたいです。")
    assert text_of(riku.keyring, sent.id) == LETTER
    with pytest.raises(NotYours):
        hana.keyring.open(sent.id)


def test_danger_in_a_held_thread_comes_out_from_behind_the_row_of_letters_alike(
    world: World, hana: Person
):
    sent = send()
    Consultation.objects.filter(pk=sent.id).update(held="abc123")
    sent.write("まだ待っています。")
    assert (inbox(hana.hand, at=MORNING).rows, sent.row.held) == ((), "abc123")
    sent.write("もう死にたいです。")
    assert [row.id for row in inbox(hana.hand, at=MORNING).rows] == [sent.id]
    assert inbox(hana.hand, at=MORNING).held == ()


def test_whoever_got_the_thread_after_the_wish_was_not_meant_by_it(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    sent.ask_for_another()
    holding.hand_over(hand=hana.hand, thread_id=sent.id, to=riku.id, at=MORNING, co_holder=sora.id)
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    assert open_thread(riku.hand, sent.id, at=MORNING)
    holding.give_back(hand=riku.hand, thread_id=sent.id, at=MORNING)
    assert open_thread(riku.hand, sent.id, at=MORNING)
    with pytest.raises(NotReached):
        open_thread(hana.hand, sent.id, at=MORNING)


def test_who_answered_without_taking_the_thread_is_meant_too(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    reply(hand=hana.hand, thread_id=sent.id, draft=Draft(uuid4(), 1, "こんにちは"), at=MORNING)
    sent.ask_for_another()
    seen_by_hana = [one.why for row in inbox(hana.hand, at=MORNING).rows for one in row.reasons]
    assert Why.ANOTHER not in seen_by_hana
    with pytest.raises(holding.NothingToArrange):
        holding.arrange_change(hand=hana.hand, thread_id=sent.id, to=hana.id, at=MORNING)
    holding.arrange_change(hand=sora.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    with pytest.raises(NotReached):
        open_thread(hana.hand, sent.id, at=MORNING)
