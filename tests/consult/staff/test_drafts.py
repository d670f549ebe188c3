"""A draft is taken away by sending it or by its writer, and by nothing else that happens."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup

from madobe.accounts.actions.keys.own import open_key
from madobe.audit.models import AuditEvent
from madobe.consult.actions.seeker.threads import rest
from madobe.consult.actions.staff import answers, desk, drafts, holding, marks
from madobe.consult.actions.staff.inventing import invent_templates
from madobe.consult.actions.upkeep import renew_promises
from madobe.consult.models import Message, StaffDraft, StaffTemplate
from madobe.consult.queries.staff.thread import OwnDraft, staff_thread
from madobe.consult.reach import NotReached, open_thread
from madobe.lib.tone import JA, findings
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import PASSPHRASE, World

pytestmark = pytest.mark.django_db
WORDS = "力が出ないのに、働かなければと思うのは、しんどいですね。"


def begin(person: Person, sent: Sent, text: str = WORDS) -> None:
    drafts.save_draft(hand=person.hand, thread_id=sent.id, text=text, at=MORNING)


def draft_of(person: Person, thread: UUID) -> OwnDraft:
    found = open_thread(person.hand, thread, at=MORNING)
    return staff_thread(person.hand, found, at=MORNING).draft


def reply(person: Person, sent: Sent, text: str = "返事", seen: int = 1) -> bool:
    draft = answers.Draft(message=uuid4(), seen=seen, text=text)
    return answers.reply(hand=person.hand, thread_id=sent.id, draft=draft, at=MORNING)


HAPPENS: dict[str, Callable[[Sent, Person, Person], object]] = {
    "another letter": lambda sent, hana, sora: sent.write("追伸です。"),
    "a colleague answers": lambda sent, hana, sora: reply(sora, sent),
    "it is taken": lambda sent, hana, sora: holding.claim(
        hand=hana.hand, thread_id=sent.id, at=MORNING
    ),
    "a colleague takes it": lambda sent, hana, sora: holding.claim(
        hand=sora.hand, thread_id=sent.id, co_holder=hana.id, at=MORNING
    ),
    "the promise is missed": lambda sent, hana, sora: renew_promises(
        MORNING.replace(month=12, day=20)
    ),
    "the person rests": lambda sent, hana, sora: rest(secret=sent.secret, at=MORNING),
    "another counsellor is wished for": lambda sent, hana, sora: sent.ask_for_another(),
    "signed out and in again": lambda sent, hana, sora: open_key(
        user=hana.user, passphrase=PASSPHRASE, at=MORNING
    ),
}


@pytest.mark.parametrize("what", HAPPENS)
def test_a_draft_stays_when(world: World, hana: Person, sora: Person, what: str):
    sent = send()
    begin(hana, sent)
    HAPPENS[what](sent, hana, sora)
    assert draft_of(hana, sent.id).text == WORDS


def test_who_lost_the_thread_finds_the_draft_when_they_get_it_again(
    world: World, hana: Person, sora: Person, riku: Person
):
    sent = send()
    begin(riku, sent)
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    with pytest.raises(NotReached):
        draft_of(riku, sent.id)
    assert StaffDraft.objects.filter(member=riku.id).exists()
    holding.hand_over(hand=hana.hand, thread_id=sent.id, to=riku.id, at=MORNING)
    assert draft_of(riku, sent.id).text == WORDS


def test_nobody_is_shown_the_draft_of_another(world: World, hana: Person, sora: Person):
    sent = send()
    begin(hana, sent)
    page = staff_thread(sora.hand, open_thread(sora.hand, sent.id, at=MORNING), at=MORNING)
    assert page.draft == OwnDraft()
    assert page.to_look_at == ()


def test_a_draft_lies_sealed(world: World, hana: Person):
    sent = send()
    begin(hana, sent)
    row = StaffDraft.objects.get()
    assert WORDS[:6].encode() not in bytes(row.body)


def test_sending_takes_it_away_and_keeps_the_colleagues(world: World, hana: Person, sora: Person):
    sent = send()
    begin(hana, sent)
    begin(sora, sent, "そらの文")
    reply(hana, sent)
    assert [one.member for one in StaffDraft.objects.all()] == [sora.id]


def test_what_is_sent_too_late_becomes_the_draft(world: World, hana: Person):
    sent = send()
    sent.write("追伸です。")
    with pytest.raises(answers.NewLetterArrived):
        reply(hana, sent, text=WORDS)
    assert draft_of(hana, sent.id).text == WORDS


def learn(sora: Person, world: World, person: Person) -> None:
    desk.name_trainee(
        hand=sora.hand, desk_id=world.desk.pk, member=person.id, learns=True, at=MORNING
    )


def test_who_learns_cannot_send_alone(world: World, hana: Person, sora: Person):
    learn(sora, world, hana)
    sent = send()
    with pytest.raises(answers.ASecondPairLooks):
        reply(hana, sent, text=WORDS)
    assert Message.objects.filter(author="staff").count() == 0
    assert draft_of(hana, sent.id).text == WORDS


def test_nor_through_a_look_at_their_own_draft_or_that_of_another_who_learns(
    world: World, hana: Person, sora: Person, riku: Person
):
    learn(sora, world, hana)
    learn(sora, world, riku)
    sent = send()
    drafts.ask_for_a_look(hand=hana.hand, thread_id=sent.id, text=WORDS, at=MORNING)
    draft = StaffDraft.objects.get()
    for one in (hana, riku):
        with pytest.raises(answers.ASecondPairLooks):
            answers.send_for(
                hand=one.hand,
                thread_id=sent.id,
                draft_id=draft.pk,
                version=draft.version,
                seen=1,
                at=MORNING,
            )
    assert Message.objects.filter(author="staff").count() == 0


def test_a_colleague_sends_it_in_the_name_of_who_wrote_it(world: World, hana: Person, sora: Person):
    learn(sora, world, hana)
    sent = send()
    drafts.ask_for_a_look(hand=hana.hand, thread_id=sent.id, text=WORDS, at=MORNING)
    draft = StaffDraft.objects.get()
    page = staff_thread(sora.hand, open_thread(sora.hand, sent.id, at=MORNING), at=MORNING)
    assert [(one.name, one.text) for one in page.to_look_at] == [("見本 はな", WORDS)]
    answers.send_for(
        hand=sora.hand,
        thread_id=sent.id,
        draft_id=draft.pk,
        version=draft.version,
        seen=1,
        at=MORNING,
    )
    message = Message.objects.get(author="staff")
    assert message.by == hana.id
    event = AuditEvent.objects.get(action="talk.looked_and_sent")
    assert (event.by, event.detail) == (sora.id, {"writer": hana.id})
    assert not StaffDraft.objects.exists()


def test_what_goes_out_is_what_was_looked_at(world: World, hana: Person, sora: Person):
    learn(sora, world, hana)
    sent = send()
    drafts.ask_for_a_look(hand=hana.hand, thread_id=sent.id, text=WORDS, at=MORNING)
    looked_at = StaffDraft.objects.get()
    client, path = sora.client(), f"/staff/talk/{sent.id}/"
    form = BeautifulSoup(client.get(path).content, "html.parser").find("input", {"name": "draft"})
    fields = {
        one["name"]: one.get("value", "")
        for one in form.find_parent("form").find_all("input", type="hidden")
    }
    drafts.save_draft(hand=hana.hand, thread_id=sent.id, text="早く働きなさい。", at=MORNING)
    page = client.post(f"{path}look/", fields | {"go": "send"}, follow=True).content.decode()
    assert "下書きが書きかえられました" in page
    assert "早く働きなさい。" in page
    assert not Message.objects.filter(author="staff").exists()
    with pytest.raises(drafts.OtherThanLookedAt):
        answers.send_for(
            hand=sora.hand,
            thread_id=sent.id,
            draft_id=looked_at.pk,
            version=looked_at.version,
            seen=1,
            at=MORNING,
        )


def test_or_gives_it_back_with_a_note(world: World, hana: Person, sora: Person):
    sent = send()
    drafts.ask_for_a_look(hand=hana.hand, thread_id=sent.id, text=WORDS, at=MORNING)
    draft = StaffDraft.objects.get()
    drafts.give_draft_back(
        hand=sora.hand, thread_id=sent.id, draft_id=draft.pk, text="短くしてみては", at=MORNING
    )
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)  # sealed anew with the rest
    mine = draft_of(hana, sent.id)
    assert (mine.text, mine.look_note, mine.look_by) == (WORDS, "短くしてみては", "見本 そら")
    assert not mine.is_asked


def test_nobody_looks_at_their_own_draft(world: World, hana: Person):
    sent = send()
    drafts.ask_for_a_look(hand=hana.hand, thread_id=sent.id, text=WORDS, at=MORNING)
    with pytest.raises(drafts.NothingToLookAt):
        answers.send_for(
            hand=hana.hand,
            thread_id=sent.id,
            draft_id=StaffDraft.objects.get().pk,
            version=1,
            seen=1,
            at=MORNING,
        )


def test_only_who_coordinates_names_who_learns(world: World, hana: Person, sora: Person):
    with pytest.raises(desk.NotTheirDesk):
        learn(hana, world, sora)
    with pytest.raises(desk.NobodyOfTheDesk):
        desk.name_trainee(
            hand=sora.hand, desk_id=world.desk.pk, member="staff:x", learns=True, at=MORNING
        )


def test_a_promised_answer_comes_before_rest_and_an_end(world: World, hana: Person):
    sent = send()
    with pytest.raises(marks.AnAnswerIsPromised):
        marks.let_rest(hand=hana.hand, thread_id=sent.id, at=MORNING)


def test_beginnings_of_a_demo_keep_the_tone_and_are_put_there_once(world: World):
    assert [invent_templates(desk_id=world.desk.pk) for _ in range(2)] == [4, 0]
    assert [findings(one.text, JA) for one in StaffTemplate.objects.all()] == [[], [], [], []]
