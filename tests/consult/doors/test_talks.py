"""A talk noted in half a minute: no name needed, never lost to the lock, never shown on the person's own page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.actions.doors.outgoing import NotThatWay
from madobe.consult.actions.doors.talks import NoDutyYet, note_letter, note_talk
from madobe.consult.actions.doors.wishes import set_wishes
from madobe.consult.actions.staff.answers import NothingWritten
from madobe.consult.actions.staff.marks import let_rest
from madobe.consult.choices import State
from madobe.consult.doors import wishes_of
from madobe.consult.models import Consultation, Message
from madobe.consult.queries.threads import seen
from madobe.consult.reach import NotReached, open_thread
from madobe.consult.rules.doors.gate import Refusal
from madobe.consult.rules.doors.talks import Talk
from madobe.consult.rules.doors.wishes import CallBack, DoorsWished
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.vault.rules.receipts import Receipt
from tests.factories.accounts import PASSWORD, sign_in
from tests.factories.answering import MORNING, Person, send
from tests.factories.desk import PASSPHRASE, open_by
from tests.factories.doors import texts, threads

pytestmark = pytest.mark.django_db
PAGE = "/staff/talk/phone/"
TALK = Talk("夜ねむれないとのこと。あしたも電話してよいかと。", "phone", "family", 10)


def noted(hana: Person, talk: Talk = TALK, **more):
    return note_talk(**{"hand": hana.hand, "talk": talk, "message": uuid4(), "at": MORNING} | more)


def test_a_call_opens_a_thread_for_whoever_is_on_duty(hana: Person, sora: Person):
    thread = noted(hana)
    row = Consultation.objects.get()
    assert (row.door, row.who, row.owner, row.state) == (
        "phone",
        "family",
        "",
        State.WAITING_PERSON,
    )
    assert texts(sora, thread) == [
        "［電話・ご家族・10分］\n\n夜ねむれないとのこと。あしたも電話してよいかと。"
    ]


def test_nobody_has_to_say_a_name(hana: Person):
    thread = noted(hana, Talk("なにも言わずに切れた", "phone"))
    assert texts(hana, thread) == ["［電話・名のらない方］\n\nなにも言わずに切れた"]


def test_a_call_joins_a_thread_of_theirs(hana: Person):
    sent = send("お便り")
    assert noted(hana, thread_id=sent.id) == sent.id
    assert len(texts(hana, sent.id)) == 2
    assert Consultation.objects.count() == 1


def test_not_one_that_is_out_of_reach(hana: Person, mei: Person):
    sent = send("お便り")
    with pytest.raises(NotReached):
        noted(mei, thread_id=sent.id)
    assert Message.objects.count() == 1


def test_sent_twice_it_is_noted_once(hana: Person):
    key = uuid4()
    assert noted(hana, message=key) == noted(hana, message=key)
    assert (Message.objects.count(), Consultation.objects.count()) == (1, 1)


def test_sent_again_with_other_words_both_are_noted(hana: Person):
    sent, key = send("お便り"), uuid4()
    for text in ("はじめの文", "直した文"):
        noted(hana, Talk(text, "phone"), message=key, thread_id=sent.id)
    assert [one.split("\n\n")[-1] for one in texts(hana, sent.id)] == [
        "お便り",
        "はじめの文",
        "直した文",
    ]


def test_the_page_of_the_person_shows_nothing_of_a_call(hana: Person):
    sent = send("お便り")
    before = seen(find_thread(secret=sent.secret, on=day_of(MORNING)))
    noted(hana, thread_id=sent.id)
    after = seen(find_thread(secret=sent.secret, on=day_of(MORNING)))
    assert [one.text for one in after.messages] == ["お便り"]
    assert (after.revision, after.has_answer) == (before.revision, before.has_answer)


def test_words_of_danger_in_a_call_raise_the_thread(hana: Person):
    noted(hana, Talk("「もう死にたい」と言って泣いていた", "phone", "self"))
    assert Consultation.objects.get().is_urgent is True


def test_a_wish_to_be_called_back_waits_for_the_desk_with_a_promise(hana: Person):
    wish = CallBack("午後2時より後", message_ok=False, withheld_ok=True)
    thread = noted(hana, call_back=wish)
    row = Consultation.objects.get()
    assert row.state == State.WAITING_STAFF
    assert row.reply_by is not None
    assert wishes_of(open_thread(hana.hand, thread, at=MORNING)).call_back == wish
    assert "午後2時".encode() not in bytes(row.door_wishes.body)


def test_an_empty_call_is_nothing_to_keep(hana: Person):
    with pytest.raises(NothingWritten):
        noted(hana, Talk("  ", "phone"))


def test_without_anybody_on_duty_it_says_so(world, hana: Person):
    from madobe.vault.models import HolderKey

    HolderKey.objects.filter(kind="duty").update(retired_at=MORNING)
    with pytest.raises(NoDutyYet):
        noted(hana)


class TestOnPaper:
    def letter(self, hana: Person, thread, **more):
        said = {"text": "お元気でしょうか。", "address": "みほん町1-2", "is_wished": True}
        return note_letter(
            **{"hand": hana.hand, "thread_id": thread, "message": uuid4(), "at": MORNING}
            | said
            | more
        )

    def test_it_is_noted_and_the_address_is_not(self, hana: Person):
        sent = send("お便り")
        assert self.letter(hana, sent.id) is True
        assert texts(hana, sent.id)[-1] == "お元気でしょうか。"
        assert Message.objects.get(number=2).door == "letter"

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"is_wished": False}, Refusal.NOT_CHOSEN),
            ({"address": "ミホン町９－９"}, Refusal.UNSAFE_PLACE),
            ({"text": "みほん町9-9のお宅へ"}, Refusal.SHOWS_A_PLACE),
        ],
    )
    def test_nothing_is_printed_for_an_address_that_is_not_safe(self, hana: Person, more, refusal):
        sent = send("お便り")
        wishes = DoorsWished(unsafe_places=("みほん町9-9",))
        set_wishes(hand=hana.hand, thread_id=sent.id, wishes=wishes, at=MORNING)
        with pytest.raises(NotThatWay) as caught:
            self.letter(hana, sent.id, **more)
        assert caught.value.refusal is refusal

    def test_an_address_is_asked_about_each_time_it_is_printed(self, hana: Person):
        sent, key = send("お便り"), uuid4()
        wishes = DoorsWished(unsafe_places=("みほん町9-9",))
        set_wishes(hand=hana.hand, thread_id=sent.id, wishes=wishes, at=MORNING)
        assert self.letter(hana, sent.id, message=key) is True
        assert self.letter(hana, sent.id, message=key) is False
        with pytest.raises(NotThatWay):
            self.letter(hana, sent.id, message=key, address="みほん町9-9")

    def test_a_name_on_the_envelope_passes_the_gate_too(self, hana: Person):
        sent = send("お便り")
        wishes = DoorsWished(unsafe_places=("みほん町9-9",))
        set_wishes(hand=hana.hand, thread_id=sent.id, wishes=wishes, at=MORNING)
        with pytest.raises(NotThatWay):
            self.letter(hana, sent.id, to_name="みほん町9-9 の方")

    def test_nor_where_no_letter_is_wished(self, hana: Person):
        sent = send("お便り", no_letter=True)
        with pytest.raises(NotThatWay):
            self.letter(hana, sent.id)


class TestOnTheScreen:
    def fields(self, page: bytes) -> dict[str, str]:
        form = BeautifulSoup(page, "html.parser").find("main").find("form")
        return {one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")}

    def test_thirty_seconds_one_box_and_taps(self, hana: Person):
        client = hana.client()
        page = client.get(PAGE)
        assert "読みあげません" in page.content.decode()
        said = {"text": "はなしたこと", "door": "counter", "who": "self", "minutes": "30"}
        answer = client.post(PAGE, self.fields(page.content) | said)
        (thread,) = threads()
        assert answer.url == f"/staff/talk/{thread.pk}/"
        assert texts(hana, thread.pk) == ["［来所・ご本人・30分］\n\nはなしたこと"]

    def test_somebody_off_duty_is_told_who_reads_it(self, mei: Person):
        client = mei.client()
        answer = client.post(PAGE, self.fields(client.get(PAGE).content) | {"text": "はなした"})
        assert answer.url == "/staff/talk/"
        assert Message.objects.count() == 1

    @pytest.mark.parametrize("lock", ["the session", "the key"])
    def test_after_a_long_call_the_words_go_through_the_lock(self, hana: Person, lock: str):
        client = hana.client()
        fields = self.fields(client.get(PAGE).content) | {"text": "長い電話だった", "minutes": "60"}
        if lock == "the session":
            session = client.session
            session["seen_at"] = (MORNING - timedelta(hours=1)).timestamp()
            session.save()
            proof = {"unlock_password": PASSWORD}
        else:
            client = Client()
            sign_in(client, hana.user)
            proof = {"keyring_passphrase": PASSPHRASE}
        page = client.post(PAGE, fields)
        assert page.status_code == 403
        carried = self.carried(page.content)
        assert (carried["text"], Message.objects.count()) == ("長い電話だった", 0)
        assert client.post(PAGE, carried | proof).status_code == 302
        assert texts(hana, threads()[0].pk) == ["［電話・名のらない方・60分］\n\n長い電話だった"]

    def carried(self, page: bytes) -> dict[str, str]:
        """What a page that asks for a proof takes along."""
        form = BeautifulSoup(page, "html.parser").find("main").find("form", method="post")
        kept = {one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")}
        return kept | {
            one["name"]: (one.string or "").removeprefix("\n") for one in form.find_all("textarea")
        }

    def test_a_thread_out_of_reach_costs_no_word(self, hana: Person, mei: Person):
        sent = send("お便り")
        client = mei.client()
        fields = self.fields(client.get(PAGE).content)
        page = client.post(PAGE, fields | {"text": "書いたもの", "thread": str(sent.id)})
        assert page.status_code == 422
        assert "書いたもの" in page.content.decode()

    def test_the_list_to_choose_from_holds_their_own_threads_alone(self, hana: Person, mei: Person):
        send("わたしの一行")
        assert "わたしの一行" in hana.client().get(PAGE).content.decode()
        assert "わたしの一行" not in mei.client().get(PAGE).content.decode()

    def test_nothing_is_printed_that_is_noted_nowhere(self, hana: Person):
        sent = send("お便り")
        client, path = hana.client(), f"/staff/talk/{sent.id}/letter/"
        said = self.fields(client.get(path).content) | {"address": "みほん町1-2", "is_wished": "on"}
        assert client.post(path, said | {"text": "はじめの文"}).status_code == 200
        page = client.post(path, said | {"text": "直した文"})
        assert page.status_code == 422
        assert "直した文" in page.content.decode()  # in its box
        assert texts(hana, sent.id) == ["お便り", "はじめの文"]
        again = self.fields(page.content) | {"address": "みほん町1-2", "is_wished": "on"}
        assert client.post(path, again | {"text": "直した文"}).status_code == 200
        assert texts(hana, sent.id) == ["お便り", "はじめの文", "直した文"]

    def test_the_printed_letter_shows_no_office_unless_it_is_wished(self, world, hana: Person):
        sent = send("お便り")
        client, path = hana.client(), f"/staff/talk/{sent.id}/letter/"
        for wished in (False, True):
            said = {"text": "お元気でしょうか", "address": "みほん町1-2", "is_wished": "on"}
            said |= {"shows_sender": "on"} if wished else {}
            page = client.post(path, self.fields(client.get(path).content) | said)
            main = BeautifulSoup(page.content, "html.parser").find("main").get_text()
            assert "みほん町1-2" in main
            assert (world.desk.name in main) is wished


def test_what_was_said_never_stands_in_a_repr():
    assert "ひみつ" not in repr(Talk("ひみつ", "phone"))


class TestKeepingAPromise:
    """A talk or a letter is an answer where the counsellor says so: the wish and the promise end with it."""

    WISH = CallBack("午後2時より後", message_ok=False, withheld_ok=True)

    def wished(self, hana: Person) -> Consultation:
        return Consultation.objects.get(pk=noted(hana, call_back=self.WISH))

    def call_back(self, hana: Person, thread: Consultation) -> CallBack:
        return wishes_of(open_thread(hana.hand, thread.pk, at=MORNING)).call_back

    def test_a_talk_alone_ends_nothing(self, hana: Person):
        row = self.wished(hana)
        noted(hana, thread_id=row.pk)
        promised = row.reply_by
        row.refresh_from_db()
        assert (row.state, row.reply_by) == (State.WAITING_STAFF, promised)
        assert self.call_back(hana, row) == self.WISH

    def test_called_back_the_wish_and_the_promise_are_done(self, hana: Person):
        row = self.wished(hana)
        Consultation.objects.filter(pk=row.pk).update(missed=1)
        noted(hana, Talk("つながった", "phone"), thread_id=row.pk, keeps_promise=True)
        row.refresh_from_db()
        assert (row.state, row.reply_by, row.missed) == (State.WAITING_PERSON, None, 0)
        assert self.call_back(hana, row) == CallBack()
        let_rest(hand=hana.hand, thread_id=row.pk, at=MORNING)

    def test_the_other_wishes_stay(self, hana: Person):
        row = self.wished(hana)
        wishes = DoorsWished(unsafe_ways=("letter",), quiet_from="21:00", quiet_until="14:00")
        set_wishes(hand=hana.hand, thread_id=row.pk, wishes=wishes, at=MORNING)
        noted(hana, thread_id=row.pk, call_back=self.WISH)
        noted(hana, thread_id=row.pk, keeps_promise=True)
        assert wishes_of(open_thread(hana.hand, row.pk, at=MORNING)) == wishes

    def test_a_new_wish_said_in_the_same_call_waits_anew(self, hana: Person):
        row = self.wished(hana)
        again = CallBack("あしたの午前")
        noted(hana, thread_id=row.pk, keeps_promise=True, call_back=again)
        row.refresh_from_db()
        assert (row.state, row.reply_by is None) == (State.WAITING_STAFF, False)
        assert self.call_back(hana, row) == again

    def test_the_person_sees_that_nothing_is_promised_any_more_and_no_word_of_the_call(
        self, hana: Person
    ):
        sent = send("お便り")
        before = seen(find_thread(secret=sent.secret, on=day_of(MORNING)))
        noted(hana, thread_id=sent.id, keeps_promise=True)
        after = seen(find_thread(secret=sent.secret, on=day_of(MORNING)))
        assert (before.reply_by is None, after.reply_by) == (False, None)
        assert [one.text for one in after.messages] == ["お便り"]
        assert after.revision > before.revision
        page = open_by(Client(), Receipt(sent.secret).digits).content.decode()
        assert "いまは、待つことも、急ぐこともありません。" in page
        assert "お返事を書きます" not in page

    @pytest.mark.parametrize("kept", [False, True])
    def test_a_letter_on_paper_keeps_it_where_that_is_ticked(self, hana: Person, kept: bool):
        row = self.wished(hana)
        client, path = hana.client(), f"/staff/talk/{row.pk}/letter/"
        page = client.get(path)
        form = BeautifulSoup(page.content, "html.parser").find("main").find("form")
        assert form.find("input", attrs={"name": "keeps_promise"}).get("checked") is None
        said = {"text": "お元気でしょうか", "address": "みほん町1-2", "is_wished": "on"}
        said |= {"keeps_promise": "on"} if kept else {}
        fields = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
        assert client.post(path, fields | said).status_code == 200
        row.refresh_from_db()
        assert row.state == (State.WAITING_PERSON if kept else State.WAITING_STAFF)
        assert bool(self.call_back(hana, row).when) is not kept

    def test_the_wish_stands_on_top_of_the_thread_and_in_the_list_until_then(self, hana: Person):
        row = self.wished(hana)
        client, path = hana.client(), f"/staff/talk/{row.pk}/"
        wishes = BeautifulSoup(client.get(path).content, "html.parser").find(class_="wishes")
        assert "午後2時より後" in wishes.get_text()
        assert "かけなおしの願いがあります" in client.get("/staff/talk/").content.decode()
        form = BeautifulSoup(client.get(PAGE).content, "html.parser").find("main").find("form")
        fields = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
        said = {"text": "つながった", "door": "phone", "thread": str(row.pk), "keeps_promise": "on"}
        assert client.post(PAGE, fields | said).status_code == 302
        assert "午後2時より後" not in client.get(path).content.decode()
        assert "かけなおしの願いがあります" not in client.get("/staff/talk/").content.decode()

    def test_a_call_stands_in_the_list_with_what_was_noted(self, hana: Person):
        noted(hana)
        page = hana.client().get("/staff/talk/").content.decode()
        assert "［電話・ご家族・10分］" in page
        assert "まだ文がありません" not in page

    def test_a_letter_stands_there_before_what_was_noted_of_a_call(self, hana: Person):
        sent = send("お便りの一行め")
        noted(hana, thread_id=sent.id)
        page = hana.client().get("/staff/talk/").content.decode()
        assert "お便りの一行め" in page
        assert "［電話" not in page
