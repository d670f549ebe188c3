"""Who hears of times that were offered, fixed or cancelled: the person who wished it, and whoever would set out."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from madobe.channels.email.sending import LetterDidNotGo
from madobe.consult.actions.doors import appointments
from madobe.consult.actions.doors.appointments import Preference, choose_time, remind
from madobe.consult.actions.seeker.threads import rest
from madobe.consult.actions.staff import holding, notices
from madobe.consult.actions.staff.marks import keep_quiet
from madobe.consult.actions.staff.notices import send_due_notices, tell_duty
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.door_choices import Offered
from madobe.consult.models import Care
from madobe.consult.queries.staff.inbox import inbox
from madobe.consult.queries.threads import seen
from madobe.consult.rules.waiting import Why
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.vault.rules.receipts import Receipt
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import form_of, open_by
from tests.factories.meetings import TUESDAY, meeting, offer

pytestmark = pytest.mark.django_db


class TestNotices:
    """Who asked to be told is told of whatever the desk writes; of nothing in it."""

    @pytest.fixture
    def sent(self, hana: Person, settings) -> Sent:
        settings.MAIL = True
        return send(notice_to="mizu@example.jp")

    def call_off(self, hana: Person, sent: Sent, at: datetime = MORNING) -> None:
        key = meeting().pk
        appointments.call_off(hand=hana.hand, thread_id=sent.id, meeting_id=key, at=at)

    def fix(self, hana: Person, sent: Sent) -> None:
        key = meeting().pk
        appointments.fix_time(
            hand=hana.hand, thread_id=sent.id, meeting_id=key, number=1, at=MORNING
        )

    def test_of_times_that_are_offered_fixed_and_called_off(self, hana: Person, sent: Sent):
        for number, act in enumerate((offer, self.fix, self.call_off), start=1):
            act(hana, sent)
            assert len(mail.outbox) == number
        assert {(one.to[0], one.subject) for one in mail.outbox} == {
            ("mizu@example.jp", "お知らせがあります")
        }
        assert not any("取りやめ" in one.body or "14:00" in one.body for one in mail.outbox)

    def test_nobody_who_did_not_ask(self, hana: Person, settings):
        settings.MAIL = True
        sent = send()
        offer(hana, sent)
        self.call_off(hana, sent)
        assert mail.outbox == []

    def test_of_a_time_called_off_by_night_in_the_morning(self, hana: Person, sent: Sent):
        offer(hana, sent)
        mail.outbox.clear()
        self.call_off(hana, sent, at=MORNING.replace(hour=22))
        assert mail.outbox == []
        assert send_due_notices(hand=hana.hand, at=MORNING + timedelta(days=3)) == 1

    def test_of_an_act_that_was_refused_nobody(self, hana: Person, sent: Sent):
        offer(hana, sent)
        self.call_off(hana, sent)
        mail.outbox.clear()
        with pytest.raises(appointments.NoSuchMeeting):
            self.call_off(hana, sent)
        assert mail.outbox == []

    @pytest.mark.parametrize(
        ("typed", "kept", "said"),
        [
            ("mizu@example.jp", "mizu@example.jp", "時間が決まりました"),
            ("", "", "メールアドレスがあるときに届きます"),
            ("mizu", "", "メールアドレスがあるときに届きます"),
        ],
    )
    def test_the_day_before_needs_an_address_and_it_can_be_said_right_there(
        self, client: Client, hana: Person, typed: str, kept: str, said: str
    ):
        sent = send(call_me="みずいろ")
        offer(hana, sent)
        page = open_by(client, Receipt(sent.secret).digits)
        assert 'name="notice_to"' in page.content.decode()
        told = {"go": "choose", "offer": "1.1", "wants_notice": "on", "notice_to": typed}
        answer = client.post("/ja/talk/", form_of(page.content) | told).content.decode()
        assert said in answer
        assert meeting().state == Offered.FIXED
        assert meeting().wants_notice is bool(kept)
        contact = seen(find_thread(secret=sent.secret, on=day_of(MORNING))).contact
        assert (contact.notice_to, contact.call_me) == (kept, "みずいろ")

    def test_an_address_without_the_wish_is_not_kept(self, client: Client, hana: Person):
        sent = send()
        offer(hana, sent)
        page = open_by(client, Receipt(sent.secret).digits)
        told = {"go": "choose", "offer": "1.1", "notice_to": "mizu@example.jp"}
        client.post("/ja/talk/", form_of(page.content) | told)
        contact = seen(find_thread(secret=sent.secret, on=day_of(MORNING))).contact
        assert contact.notice_to == ""

    def test_who_has_an_address_is_not_asked_for_another(
        self, client: Client, hana: Person, sent: Sent
    ):
        offer(hana, sent)
        page = open_by(client, Receipt(sent.secret).digits).content.decode()
        assert 'name="wants_notice"' in page
        assert 'name="notice_to"' not in page


class TestReminders:
    def test_a_notice_without_content_on_the_day_before_to_who_wished_for_it(
        self, hana: Person, settings, mailoutbox
    ):
        settings.MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        sent = send(notice_to="mizu@example.jp")
        offer(hana, sent)
        choose_time(
            secret=sent.secret, offer="1.1", at=MORNING, preference=Preference(wants_notice=True)
        )
        mailoutbox.clear()  # that the times were offered
        assert remind(MORNING) == 0
        day_before = TUESDAY - timedelta(hours=20)
        assert (remind(day_before), remind(day_before)) == (1, 0)
        send_due_notices(hand=hana.hand, at=TUESDAY - timedelta(hours=4))
        (mail,) = mailoutbox
        assert mail.subject == "お知らせがあります"
        assert not any(word in mail.body for word in ("予定", "電話", "14:00", "12月"))

    def test_nobody_else_is_reminded(self, hana: Person):
        sent = send(notice_to="mizu@example.jp")
        offer(hana, sent)
        choose_time(secret=sent.secret, offer="1.1", at=MORNING)
        assert remind(TUESDAY - timedelta(hours=20)) == 0


class TestCancelledByThePerson:
    """Whoever would be there hears of it before they set out."""

    @pytest.fixture
    def sent(self, hana: Person, sora: Person, settings) -> Sent:
        settings.MAIL = True
        found = send()
        holding.claim(hand=hana.hand, thread_id=found.id, at=MORNING)
        offer(hana, found)
        choose_time(secret=found.secret, offer="1.1", at=MORNING)
        read_thread(hand=hana.hand, thread_id=found.id, at=MORNING)
        return found

    def cancel(self, sent: Sent) -> None:
        appointments.cancel(secret=sent.secret, number="1", at=MORNING)

    def whys(self, person: Person) -> list[list[tuple[Why, datetime | None]]]:
        rows = inbox(person.hand, at=MORNING).rows
        return [[(why.why, why.when) for why in row.reasons if why.why == Why.OFF] for row in rows]

    def told(self) -> list[tuple[str, str]]:
        mail.outbox.clear()
        tell_duty(MORNING)
        return [(one.to[0], one.subject) for one in mail.outbox]

    @pytest.mark.parametrize("rests", [False, True])
    def test_it_stands_in_the_list_with_its_hour_until_they_have_seen_it(
        self, hana: Person, sora: Person, sent: Sent, rests: bool
    ):
        if rests:
            rest(secret=sent.secret, at=MORNING)
        self.cancel(sent)
        read_thread(hand=sora.hand, thread_id=sent.id, at=MORNING)
        assert self.whys(hana) == [[(Why.OFF, TUESDAY)]]
        page = hana.client().get("/staff/talk/").content.decode()
        assert "12月1日（火）14:00 の予定が取りやめになりました" in page
        read_thread(hand=hana.hand, thread_id=sent.id, at=MORNING)
        assert self.whys(hana) == ([] if rests else [[]])

    def test_it_stands_before_a_promise_of_a_later_hour(self, hana: Person, sent: Sent):
        other = send("ほかの人")
        assert [row.id for row in inbox(hana.hand, at=MORNING).rows] == [other.id, sent.id]
        self.cancel(sent)
        assert [row.id for row in inbox(hana.hand, at=MORNING).rows] == [sent.id, other.id]

    def test_no_quiet_hides_it(self, hana: Person, sent: Sent):
        keep_quiet(hand=hana.hand, thread_id=sent.id, quiet=True, at=MORNING)
        assert self.whys(hana) == []
        self.cancel(sent)
        assert self.whys(hana) == [[(Why.OFF, TUESDAY)]]

    def test_they_are_mailed_once_and_of_nothing(self, sent: Sent):
        assert self.told() == []
        self.cancel(sent)
        assert tell_duty(MORNING.replace(hour=22)) == 0
        assert self.told() == [("hana@example.jp", "窓辺に、予定のお知らせが1件")]
        assert mail.outbox[0].body == "窓辺に、予定のお知らせが1件"
        assert self.told() == []

    def test_who_invited_hears_of_it_though_another_answers_by_now(
        self, hana: Person, sora: Person, mei: Person, sent: Sent
    ):
        holding.hand_over(hand=hana.hand, thread_id=sent.id, to=mei.id, at=MORNING)
        self.cancel(sent)
        assert sorted(one for one, _ in self.told()) == ["hana@example.jp", "mei@example.jp"]
        read_thread(hand=mei.hand, thread_id=sent.id, at=MORNING)
        assert self.whys(mei) == [[]]

    def test_an_invitation_nobody_had_fixed_sends_nobody_anywhere(self, hana: Person, sent: Sent):
        offer(hana, sent)
        appointments.cancel(secret=sent.secret, number="2", at=MORNING)
        assert (self.whys(hana), self.told()) == ([[]], [])


class TestAMailServerInTrouble:
    """It holds up no page more than once, and no other person's notice."""

    @pytest.fixture
    def waiting(self, hana: Person, settings) -> list[Sent]:
        settings.MAIL = True
        found = [send(notice_to=f"mizu{number}@example.jp") for number in range(3)]
        for one in found:
            Care.objects.update_or_create(consultation_id=one.id, defaults={"notice_due": True})
        return found

    def tried(self, monkeypatch: pytest.MonkeyPatch, error: str, *refused: str) -> list[str]:
        asked: list[str] = []

        def send_notice(to: str) -> str:
            asked.append(to)
            if not refused or to in refused:
                raise LetterDidNotGo(error)
            return "<1@example.jp>"

        monkeypatch.setattr(notices, "send_notice", send_notice)
        return asked

    def test_is_asked_once_and_again_a_while_later(
        self, hana: Person, waiting: list[Sent], monkeypatch: pytest.MonkeyPatch
    ):
        asked = self.tried(monkeypatch, "TimeoutError")
        for minutes in (0, 1, 9):
            send_due_notices(hand=hana.hand, at=MORNING + timedelta(minutes=minutes))
        assert len(asked) == 1
        send_due_notices(hand=hana.hand, at=MORNING + notices.PATIENCE)
        assert len(asked) == 2
        assert Care.objects.filter(notice_due=True).count() == 3

    def test_an_address_it_refuses_keeps_nobody_else_waiting(
        self, hana: Person, waiting: list[Sent], monkeypatch: pytest.MonkeyPatch
    ):
        asked = self.tried(monkeypatch, notices.REFUSED, "mizu0@example.jp", "mizu1@example.jp")
        assert send_due_notices(hand=hana.hand, at=MORNING) == 1
        assert len(asked) == 3
        send_due_notices(hand=hana.hand, at=MORNING)
        assert len(asked) == 3
        assert Care.objects.filter(notice_due=True).count() == 2
