"""Nobody is told "sent" where nothing goes: without 合言葉, everything goes out by the way somebody wrote, or says it cannot."""

from datetime import timedelta
from uuid import uuid4, uuid5

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.actions.doors import appointments, outgoing
from madobe.consult.actions.doors.linking import link
from madobe.consult.actions.doors.talks import note_talk
from madobe.consult.actions.doors.wishes import set_wishes
from madobe.consult.actions.doors.writer import note_writer
from madobe.consult.actions.staff import answers, drafts
from madobe.consult.actions.staff.answers import Draft, NobodyReadsHere
from madobe.consult.choices import State, Who
from madobe.consult.door_choices import Meeting, Offered
from madobe.consult.models import (
    Appointment,
    ChannelIdentity,
    Consultation,
    DeskTrainee,
    Message,
    Posting,
    StaffDraft,
)
from madobe.consult.queries.doors.ways import way_out
from madobe.consult.reach import open_thread
from madobe.consult.rules.doors.gate import Refusal
from madobe.consult.rules.doors.talks import MeetingWords, Span, Talk
from madobe.consult.rules.doors.wishes import DoorsWished
from madobe.consult.times import day_of
from tests.factories.answering import MORNING, Person, send
from tests.factories.doors import HOME, came, texts, threads
from tests.factories.line_server import HANA, Line
from tests.factories.mail_servers import Post

pytestmark = pytest.mark.django_db
ANSWER = "書いてくださって、ありがとうございます。"
TUESDAY = MORNING.replace(month=12, day=1, hour=14, minute=0)
SPANS = [Span(TUESDAY + timedelta(days=n), TUESDAY + timedelta(days=n, minutes=30)) for n in (0, 2)]


def thread() -> Consultation:
    (found,) = threads()
    return found


def way() -> ChannelIdentity:
    return ChannelIdentity.objects.get()


def mailed(hana: Person, text: str = "はじめまして") -> Consultation:
    came(text)
    texts(hana, thread().pk)
    return thread()


def form_of(page: bytes, *, button: str = "", form: str = "") -> dict[str, str]:
    """What a form carries unseen; the one with this button."""
    soup = BeautifulSoup(page, "html.parser")
    found = (
        soup.find("form", id=form)
        if form
        else soup.find("button", value=button).find_parent("form")
    )
    return {one["name"]: one.get("value", "") for one in found.find_all("input", type="hidden")}


def press(client: Client, row: Consultation, go: str, **said: str):
    path = f"/staff/talk/{row.pk}/"
    fields = form_of(client.get(path).content, form="answer")
    return client.post(f"{path}answer/", fields | {"go": go} | said)


class TestTheAnswer:
    def test_goes_by_mail_with_the_main_button_which_says_so(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        page = client.get(f"/staff/talk/{row.pk}/").content
        button = BeautifulSoup(page, "html.parser").find("button", value="send")
        assert button.get_text(strip=True) == "メールで送る"
        fields = form_of(page, form="answer") | {"text": ANSWER, "go": "send"}
        for _ in range(2):
            assert client.post(f"/staff/talk/{row.pk}/answer/", fields).status_code == 302
        (letter,) = post.letters
        assert (post.recipients, ANSWER in letter.get_content()) == ([HOME], True)
        assert thread().state == State.WAITING_PERSON
        assert StaffDraft.objects.count() == 0

    def test_goes_by_line(self, hana: Person, line: Line):
        came("はい", channel="line", sender=HANA)
        assert press(hana.client(), thread(), "send", text=ANSWER).status_code == 302
        assert line.texts() == [ANSWER]

    def test_that_does_not_go_is_not_called_sent(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        post.refuses.append("451 busy")
        page = press(client, row, "send", text=ANSWER)
        assert page.status_code == 409
        assert "うまく送れませんでした" in page.content.decode()
        assert ANSWER in page.content.decode()
        assert (thread().state, thread().reply_by) == (State.WAITING_STAFF, row.reply_by)
        assert StaffDraft.objects.count() == 1

    def test_waits_for_a_letter_that_came_meanwhile(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        path = f"/staff/talk/{row.pk}/"
        fields = form_of(client.get(path).content, form="answer")
        came("もうひとこと")
        page = client.post(f"{path}answer/", fields | {"text": ANSWER, "go": "send"})
        assert "そのあいだに新しいお便り" in page.content.decode()
        assert post.letters == []

    def test_is_never_written_where_nobody_reads_it(self, hana: Person):
        row = mailed(hana)
        draft = Draft(message=uuid4(), seen=1, text=ANSWER)
        with pytest.raises(NobodyReadsHere):
            answers.reply(hand=hana.hand, thread_id=row.pk, draft=draft, at=MORNING)
        assert (Message.objects.count(), StaffDraft.objects.count()) == (1, 1)
        assert thread().state == State.WAITING_STAFF

    def test_stays_on_the_page_of_whoever_has_words(self, hana: Person, post: Post):
        sent = send("お便り")
        came("メールもわたしです")
        mail = Consultation.objects.get(door="email")
        note_writer(hand=hana.hand, thread_id=mail.pk, who=Who.SELF, at=MORNING)
        link(hand=hana.hand, thread_id=sent.id, other_id=mail.pk, wish="電話で", wished_on=day_of(MORNING), at=MORNING)  # fmt: skip
        client, path = hana.client(), f"/staff/talk/{sent.id}/"
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert page.find("button", value="send").get_text(strip=True) == "送る"
        assert page.find("a", href=f"{path}by-door/") is not None
        assert press(client, sent.row, "send", text=ANSWER).status_code == 302
        assert post.letters == []
        assert sent.row.state == State.WAITING_PERSON


class TestWhichWay:
    def out(self, hana: Person):
        (row,) = [one for one in threads() if one.state != State.CLOSED]
        return way_out(open_thread(hana.hand, row.pk, at=MORNING), at=MORNING)

    def two(self, hana: Person) -> None:
        """One person who writes by mail and then by LINE."""
        came("メールです")
        came("LINEです", channel="line", sender=HANA)
        mail, line = (Consultation.objects.get(door=one).pk for one in ("email", "line"))
        for one in (mail, line):
            note_writer(hand=hana.hand, thread_id=one, who=Who.SELF, at=MORNING)
        link(hand=hana.hand, thread_id=mail, other_id=line, wish="電話で", wished_on=day_of(MORNING), at=MORNING)  # fmt: skip

    def test_the_one_used_last(self, hana: Person, post: Post, line: Line):
        self.two(hana)
        assert self.out(hana).channel == "line"
        came("またメールです")
        texts(hana, Consultation.objects.get(door="email").pk)
        assert self.out(hana).channel == "email"

    def test_never_one_that_is_not_safe(self, hana: Person, post: Post, line: Line):
        self.two(hana)
        mail = Consultation.objects.get(door="email")
        wishes = DoorsWished(unsafe_ways=("line",))
        set_wishes(hand=hana.hand, thread_id=mail.pk, wishes=wishes, at=MORNING)
        assert self.out(hana).channel == "email"
        wishes = DoorsWished(unsafe_ways=("line",), unsafe_places=(HOME,))
        set_wishes(hand=hana.hand, thread_id=mail.pk, wishes=wishes, at=MORNING)
        assert self.out(hana).goes is False

    def test_none_that_this_installation_cannot_send_by(self, hana: Person, settings, line: Line):
        settings.MAIL = False
        self.two(hana)
        came("またメールです")
        texts(hana, Consultation.objects.get(door="email").pk)
        assert self.out(hana).channel == "line"


class TestWhereNoWayIsLeft:
    def page(self, hana: Person, row: Consultation) -> str:
        return hana.client().get(f"/staff/talk/{row.pk}/").content.decode()

    def test_the_page_says_so_and_shows_what_can_be_done(self, hana: Person):
        talk = Talk("また電話しますとのこと", "phone", "self")
        note_talk(hand=hana.hand, talk=talk, message=uuid4(), at=MORNING)
        page = self.page(hana, thread())
        assert "この方は、ここではお返事を読めません" in page
        soup = BeautifulSoup(page, "html.parser")
        assert soup.find("form", id="answer") is None
        assert "ご本人は合言葉でここを読めます" not in page
        card = soup.find(class_="no-way")
        assert [one["href"] for one in card.find_all("a")] == [
            f"/staff/talk/phone/?thread={thread().pk}",
            f"/staff/talk/{thread().pk}/letter/",
            f"/staff/talk/{thread().pk}/ways/",
        ]

    def test_so_it_does_for_a_way_that_is_not_safe_with_the_reason(self, hana: Person, post: Post):
        row = mailed(hana)
        wishes = DoorsWished(unsafe_ways=("email",))
        set_wishes(hand=hana.hand, thread_id=row.pk, wishes=wishes, at=MORNING)
        page = self.page(hana, row)
        assert "この方は、ここではお返事を読めません" in page
        assert "安全のために使わない" in page

    def test_a_button_that_was_drawn_before_sends_nothing(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        path = f"/staff/talk/{row.pk}/"
        fields = form_of(client.get(path).content, form="answer")
        wishes = DoorsWished(unsafe_ways=("email",))
        set_wishes(hand=hana.hand, thread_id=row.pk, wishes=wishes, at=MORNING)
        for way_now in (fields["way"], ""):
            said = {"text": ANSWER, "go": "send", "way": way_now}
            page = client.post(f"{path}answer/", fields | said)
            assert page.status_code == 409
            assert "送りました" not in page.content.decode()
        assert (post.letters, thread().state) == ([], State.WAITING_STAFF)


class TestLater:
    def test_the_new_day_goes_by_mail(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        assert press(client, row, "later", text="", day="2026-12-04").status_code == 302
        (letter,) = post.letters
        assert "12月4日（金）17:00" in letter.get_content()
        assert thread().reply_by.isoformat().startswith("2026-12-04T08:00")
        assert thread().state == State.WAITING_STAFF

    def test_what_does_not_go_leaves_the_old_promise(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        post.refuses.append("550 nobody")
        page = press(client, row, "later", text="", day="2026-12-04")
        assert (page.status_code, thread().reply_by) == (409, row.reply_by)

    def test_nothing_is_promised_on_a_page_nobody_reads(self, hana: Person):
        row = mailed(hana)
        with pytest.raises(NobodyReadsHere):
            answers.answer_later(hand=hana.hand, thread_id=row.pk, message=uuid4(), day=TUESDAY.date(), at=MORNING)  # fmt: skip
        assert thread().reply_by == row.reply_by


class TestASecondPairOfEyes:
    def learn(self, person: Person) -> None:
        DeskTrainee.objects.create(
            desk=thread().desk, member=person.id, since_date=day_of(MORNING), named_by=person.id
        )

    def test_a_colleague_sends_a_draft_by_the_same_way(
        self, hana: Person, sora: Person, post: Post
    ):
        row = mailed(hana)
        self.learn(hana)
        client = hana.client()
        assert press(client, row, "send", text=ANSWER).status_code == 409
        assert post.letters == []
        press(client, row, "look", text=ANSWER)
        other, path = sora.client(), f"/staff/talk/{row.pk}/"
        page = other.get(path).content
        assert "このままメールで送る" in page.decode()
        soup = BeautifulSoup(page, "html.parser")
        form = soup.find("form", action=f"{path}look/")
        fields = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
        for _ in range(2):
            assert other.post(f"{path}look/", fields | {"go": "send"}).status_code == 302
        assert [ANSWER in one.get_content() for one in post.letters] == [True]
        assert Message.objects.get(author="staff").by == hana.id
        assert (thread().state, StaffDraft.objects.count()) == (State.WAITING_PERSON, 0)

    def test_looked_at_by_two_it_goes_out_once(self, hana: Person, sora: Person, post: Post):
        row = mailed(hana)
        drafts.ask_for_a_look(hand=hana.hand, thread_id=row.pk, text=ANSWER, at=MORNING)
        draft = StaffDraft.objects.get()
        these = uuid5(draft.pk, str(draft.version))
        Posting.objects.create(pk=these, consultation=row, started_at=MORNING)
        with pytest.raises(outgoing.IsOnItsWay):
            outgoing.send_for_by_door(hand=sora.hand, thread_id=row.pk, identity_id=way().pk, draft_id=draft.pk, version=draft.version, seen=1, at=MORNING)  # fmt: skip
        assert post.letters == []

    def test_what_its_writer_changed_while_it_went_goes_out_by_another_look(
        self, hana: Person, sora: Person, post: Post, monkeypatch: pytest.MonkeyPatch
    ):
        row, real = mailed(hana), outgoing._send
        drafts.ask_for_a_look(hand=hana.hand, thread_id=row.pk, text=ANSWER, at=MORNING)

        def send_slowly(*given):
            drafts.save_draft(hand=hana.hand, thread_id=row.pk, text="もう一通です。", at=MORNING)
            monkeypatch.setattr(outgoing, "_send", real)
            return real(*given)

        monkeypatch.setattr(outgoing, "_send", send_slowly)
        for number in (1, 2):
            draft = StaffDraft.objects.get()
            assert outgoing.send_for_by_door(hand=sora.hand, thread_id=row.pk, identity_id=way().pk, draft_id=draft.pk, version=draft.version, seen=number, at=MORNING)  # fmt: skip
        assert ["もう一通です。" in one.get_content() for one in post.letters] == [False, True]
        assert not StaffDraft.objects.exists()

    def test_nor_onto_a_page_nobody_reads(self, hana: Person, sora: Person):
        row = mailed(hana)
        drafts.ask_for_a_look(hand=hana.hand, thread_id=row.pk, text=ANSWER, at=MORNING)
        draft = StaffDraft.objects.get()
        with pytest.raises(NobodyReadsHere):
            answers.send_for(hand=sora.hand, thread_id=row.pk, draft_id=draft.pk, version=draft.version, seen=1, at=MORNING)  # fmt: skip
        assert StaffDraft.objects.count() == 1


class TestTimes:
    SAID = {
        "kind": "phone", "length": "30", "day_1": "2026-12-01", "hour_1": "14:00",
        "day_2": "2026-12-03", "hour_2": "15:00", "where": "こちらからかけます", "go": "offer",
    }  # fmt: skip

    def offer(self, client: Client, row: Consultation, **more: str):
        path = f"/staff/talk/{row.pk}/times/"
        fields = form_of(client.get(path).content, button="offer")
        return [client.post(path, fields | self.SAID | more) for _ in range(2)]

    def test_the_letter_lists_them_and_can_be_answered_as_it_is(self, hana: Person, post: Post):
        row = mailed(hana)
        assert {one.status_code for one in self.offer(hana.client(), row)} == {302}
        (letter,) = post.letters
        said = letter.get_content()
        assert "1. 12月1日（火）14:00〜14:30\n2. 12月3日（木）15:00〜15:30" in said.replace(
            "\r", ""
        )
        for words in ("電話で話す", "こちらからかけます", "番号だけのお返事", "理由はいりません"):
            assert words in said
        assert letter["Subject"] == "お便り"
        assert Appointment.objects.count() == 1
        assert thread().state == State.WAITING_PERSON

    def test_the_answer_is_fixed_by_the_same_way(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        self.offer(client, row)
        came("2番がいいです")
        path = f"/staff/talk/{row.pk}/times/"
        fields = form_of(client.get(path).content, button="2")
        for _ in range(2):
            client.post(path, fields | {"number": "2"})
        assert len(post.letters) == 2
        assert "12月3日（木）15:00に、電話で話すことになりました" in post.letters[1].get_content()
        assert Appointment.objects.get().state == Offered.FIXED
        assert (thread().state, thread().reply_by) == (State.WAITING_PERSON, None)
        fields = form_of(client.get(path).content, button="call_off")
        client.post(path, fields | {"go": "call_off"})
        assert len(post.letters) == 3
        assert "取りやめ" in post.letters[2].get_content()
        assert Appointment.objects.get().state == Offered.CANCELLED

    def test_an_hour_taken_while_the_letter_went_is_said_to_be_gone_and_the_letter_to_be_there(
        self, hana: Person, post: Post, monkeypatch: pytest.MonkeyPatch
    ):
        row, client = mailed(hana), hana.client()
        self.offer(client, row)
        came("2番がいいです")
        path = f"/staff/talk/{row.pk}/times/"
        fields = form_of(client.get(path).content, button="2")
        real, taken = outgoing._send, send("もう一人")

        def send_slowly(*given):
            begins = TUESDAY + timedelta(days=2, hours=1)
            Appointment.objects.create(
                consultation=taken.row, number=1, kind=Meeting.PHONE, member=hana.id,
                offered_at=MORNING, state=Offered.FIXED, starts_at=begins,
                ends_at=begins + timedelta(minutes=30), words=b"",
            )  # fmt: skip
            return real(*given)

        monkeypatch.setattr(outgoing, "_send", send_slowly)
        page = client.post(path, fields | {"number": "2"}).content.decode()
        assert "文はもう届きましたが" in page
        assert len(post.letters) == 2
        assert Appointment.objects.get(consultation=row).state == Offered.OPEN
        assert Message.objects.filter(consultation=row, author="staff").count() == 2

    def test_what_came_since_the_page_was_drawn_keeps_its_promise(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        fields = form_of(client.get(f"/staff/talk/{row.pk}/times/").content, button="offer")
        came("もうひとつだけ")
        texts(hana, row.pk)
        promised = thread().reply_by
        client.post(f"/staff/talk/{row.pk}/times/", fields | self.SAID)
        assert len(post.letters) == 1
        assert (thread().state, thread().reply_by) == (State.WAITING_STAFF, promised)

    def test_a_letter_that_does_not_go_leaves_no_invitation(self, hana: Person, post: Post):
        row, client = mailed(hana), hana.client()
        post.refuses.append("451 busy")
        path = f"/staff/talk/{row.pk}/times/"
        fields = form_of(client.get(path).content, button="offer")
        page = client.post(path, fields | self.SAID)
        assert "うまく送れませんでした" in page.content.decode()
        assert Appointment.objects.count() == 0
        assert (thread().state, thread().reply_by) == (State.WAITING_STAFF, row.reply_by)

    def test_none_is_offered_on_a_page_nobody_reads(self, hana: Person):
        row = mailed(hana)
        with pytest.raises(NobodyReadsHere):
            appointments.offer_times(hand=hana.hand, thread_id=row.pk, kind=Meeting.PHONE, spans=SPANS, words=MeetingWords(), at=MORNING)  # fmt: skip
        assert (Appointment.objects.count(), thread().state) == (0, State.WAITING_STAFF)

    def test_coming_home_stands_in_the_letter_with_whose_wish_decides(
        self, hana: Person, post: Post
    ):
        row = mailed(hana)
        self.offer(hana.client(), row, kind="home")
        assert "ご本人がよいと思われたときだけ" in post.letters[0].get_content()

    def test_a_place_that_is_not_safe_stops_it(self, hana: Person, post: Post):
        row = mailed(hana)
        wishes = DoorsWished(unsafe_places=("みほん町9-9",))
        set_wishes(hand=hana.hand, thread_id=row.pk, wishes=wishes, at=MORNING)
        with pytest.raises(outgoing.NotThatWay) as caught:
            appointments.offer_times(
                hand=hana.hand, thread_id=row.pk, kind=Meeting.OFFICE, spans=SPANS,
                words=MeetingWords(where="ミホン町９－９"), telling=appointments.Telling(way=way().pk), at=MORNING,
            )  # fmt: skip
        assert caught.value.refusal is Refusal.SHOWS_A_PLACE
        assert (Appointment.objects.count(), post.letters) == (0, [])

    def test_what_was_agreed_by_telephone_is_noted_and_called_nothing_else(self, hana: Person):
        talk = Talk("火曜に話すことに", "phone", "self")
        note_talk(hand=hana.hand, talk=talk, message=uuid4(), at=MORNING)
        row, client = thread(), hana.client()
        self.offer(client, row)
        path = f"/staff/talk/{row.pk}/times/"
        client.post(path, form_of(client.get(path).content, button="1") | {"number": "1"})
        assert Appointment.objects.get().state == Offered.FIXED
        page = client.get(path).content.decode()
        assert "ご本人には、ここからは伝わっていません" in page
        assert "送りました" not in page
        assert Message.objects.count() == 1

    def test_what_is_fixed_after_any_fits_keeps_the_promise_on_the_page_too(self, hana: Person):
        sent = send("お便り")
        key = appointments.offer_times(hand=hana.hand, thread_id=sent.id, kind=Meeting.PHONE, spans=SPANS, words=MeetingWords(), at=MORNING)  # fmt: skip
        appointments.choose_time(secret=sent.secret, offer="1.any", at=MORNING)
        appointments.fix_time(hand=hana.hand, thread_id=sent.id, meeting_id=key, number=1, at=MORNING)  # fmt: skip
        assert (sent.row.state, sent.row.reply_by) == (State.WAITING_PERSON, None)
