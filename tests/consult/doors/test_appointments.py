"""Invited, not summoned: several times, どれでもよい, none fits, cancelled without a reason (domain.md §3.2, §6.2)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from icalendar import Calendar

from madobe.accounts.actions.leaving import leave
from madobe.consult.actions.doors import appointments
from madobe.consult.actions.doors.appointments import Preference, Telling, choose_time
from madobe.consult.actions.doors.calendars import end_calendar_link, make_calendar_link
from madobe.consult.choices import State
from madobe.consult.door_choices import Meeting, Offered
from madobe.consult.models import Appointment, Consultation, Message
from madobe.consult.rules.doors.talks import NotTimesToOffer, Span, checked
from madobe.directory.models import Organization
from madobe.lib.actor import EVERYWHERE, Actor
from madobe.vault.models import GroupSeal
from madobe.vault.rules.receipts import Receipt
from tests.factories.accounts import make_user
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import form_of, open_by
from tests.factories.doors import texts
from tests.factories.meetings import HALF_HOUR, SPANS, TUESDAY, WHERE, meeting, offer

pytestmark = pytest.mark.django_db


def test_the_person_is_invited_in_the_thread(hana: Person):
    sent = send()
    offer(hana, sent)
    assert meeting().offers.count() == 3
    row = sent.row
    assert (row.state, row.reply_by) == (State.WAITING_PERSON, None)
    assert "理由はいりません" in texts(hana, sent.id)[-1]


def test_an_invitation_that_crosses_a_letter_is_no_answer_to_it(hana: Person):
    sent = send()
    promised = sent.row.reply_by
    sent.write("もうひとつだけ。")
    offer(hana, sent, telling=Telling(seen=1))
    assert (sent.row.state, sent.row.reply_by) == (State.WAITING_STAFF, promised)
    offer(hana, sent, telling=Telling(seen=sent.row.messages_count))
    assert (sent.row.state, sent.row.reply_by) == (State.WAITING_PERSON, None)


def test_pressed_twice_somebody_is_invited_once(hana: Person):
    sent = send()
    client, path = hana.client(), f"/staff/talk/{sent.id}/times/"
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    form = soup.find("button", value="offer").find_parent("form")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")}
    assert fields["seen"] == "1"
    said = {
        "kind": "phone",
        "length": "30",
        "day_1": "2026-12-01",
        "hour_1": "14:00",
        "go": "offer",
    }
    for _ in range(2):
        client.post(path, fields | said)
    assert Appointment.objects.count() == 1
    assert Message.objects.filter(author="staff").count() == 1


def test_one_time_is_chosen_and_stands(hana: Person):
    sent = send()
    offer(hana, sent)
    for _ in range(2):
        choose_time(secret=sent.secret, offer="1.2", at=MORNING)
    row = meeting()
    assert (row.state, row.starts_at) == (Offered.FIXED, TUESDAY + timedelta(days=1))
    assert texts(hana, sent.id)[-1] == "（電話で話す時間は、12月2日（水）14:00をえらびました）"
    assert Message.objects.filter(author="person").count() == 2


def test_any_of_them_waits_for_the_desk_which_fixes_one(hana: Person):
    sent = send()
    key = offer(hana, sent)
    choose_time(secret=sent.secret, offer="1.any", at=MORNING)
    assert meeting().state == Offered.ANY
    assert sent.row.state == State.WAITING_STAFF
    appointments.fix_time(hand=hana.hand, thread_id=sent.id, meeting_id=key, number=3, at=MORNING)
    assert meeting().starts_at == TUESDAY + timedelta(days=2)


def test_none_fits_without_a_reason(hana: Person):
    sent = send()
    offer(hana, sent)
    appointments.none_fits(secret=sent.secret, number="1", at=MORNING)
    assert meeting().state == Offered.NONE_FITS
    assert sent.row.state == State.WAITING_STAFF


def test_a_fixed_time_is_cancelled_at_any_moment(hana: Person):
    sent = send()
    offer(hana, sent)
    choose_time(secret=sent.secret, offer="1.1", at=MORNING)
    appointments.cancel(secret=sent.secret, number="1", at=TUESDAY - timedelta(minutes=1))
    row = meeting()
    assert (row.state, row.starts_at) == (Offered.CANCELLED, None)


def test_a_time_that_passed_is_gone_and_the_others_stand(hana: Person):
    sent = send()
    offer(hana, sent)
    with pytest.raises(appointments.TimeIsGone):
        choose_time(secret=sent.secret, offer="1.1", at=TUESDAY)
    choose_time(secret=sent.secret, offer="1.2", at=TUESDAY)


def test_one_counsellor_is_in_one_place(hana: Person):
    one, other = send("ひとり"), send("もうひとり")
    offer(hana, one)
    offer(hana, other)
    choose_time(secret=one.secret, offer="1.1", at=MORNING)
    with pytest.raises(appointments.TimeIsGone):
        choose_time(secret=other.secret, offer="1.1", at=MORNING)
    choose_time(secret=other.secret, offer="1.2", at=MORNING)


@pytest.mark.parametrize("said", ["", "x", "9.1", "1.9", "1.x", "1.-1", "1.١", "99999999.1"])
def test_what_was_never_offered_is_not_chosen(hana: Person, said: str):
    sent = send()
    offer(hana, sent)
    with pytest.raises(appointments.NoSuchMeeting):
        choose_time(secret=sent.secret, offer=said, at=MORNING)


def test_another_thread_cannot_choose_for_this_one(hana: Person):
    sent, other = send("ひとり"), send("もうひとり")
    offer(hana, sent)
    with pytest.raises(appointments.NoSuchMeeting):
        choose_time(secret=other.secret, offer="1.1", at=MORNING)


class TestComingHome:
    def test_only_with_the_persons_own_consent_and_that_is_kept(self, hana: Person):
        sent = send()
        offer(hana, sent, Meeting.HOME)
        with pytest.raises(appointments.NeedsOwnConsent):
            choose_time(secret=sent.secret, offer="1.1", at=MORNING)
        choose_time(
            secret=sent.secret, offer="1.1", at=MORNING, preference=Preference(consents=True)
        )
        row = meeting()
        assert (row.state, row.consent_date.isoformat()) == (Offered.FIXED, "2026-11-27")

    def test_a_family_cannot_consent_for_the_person(self, hana: Person):
        sent = send()
        Consultation.objects.filter(pk=sent.id).update(who="family")
        with pytest.raises(appointments.NeedsOwnConsent):
            offer(hana, sent, Meeting.HOME)
        offer(hana, sent, Meeting.HOME, consent="電話で本人が「来てもいい」と言った")
        choose_time(secret=sent.secret, offer="1.1", at=MORNING)
        assert meeting().state == Offered.FIXED

    def test_a_familys_tick_opens_no_door(self, hana: Person):
        sent = send()
        offer(hana, sent, Meeting.HOME)
        Consultation.objects.filter(pk=sent.id).update(who="family")
        with pytest.raises(appointments.NeedsOwnConsent):
            choose_time(
                secret=sent.secret, offer="1.1", at=MORNING, preference=Preference(consents=True)
            )

    def test_the_desk_cannot_fix_it_without(self, hana: Person):
        sent = send()
        key = offer(hana, sent, Meeting.HOME)
        fix = {
            "hand": hana.hand,
            "thread_id": sent.id,
            "meeting_id": key,
            "number": 1,
            "at": MORNING,
        }
        with pytest.raises(appointments.NeedsOwnConsent):
            appointments.fix_time(**fix)
        appointments.fix_time(**fix, consent="窓口で本人から")
        assert meeting().consent_date is not None


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [Span(TUESDAY, TUESDAY)],
        [Span(TUESDAY, TUESDAY - HALF_HOUR)],
        [SPANS[0], SPANS[0]],
        [Span(MORNING, MORNING + HALF_HOUR)],
        [Span(TUESDAY, TUESDAY + timedelta(hours=9))],
        [Span(TUESDAY + timedelta(days=n), TUESDAY + timedelta(days=n, hours=1)) for n in range(7)],
    ],
)
def test_times_that_are_no_times(spans):
    with pytest.raises(NotTimesToOffer):
        checked(spans, at=MORNING)


class TestOnThePage:
    def press(self, client: Client, sent: Sent, **more: str) -> str:
        page = open_by(client, Receipt(sent.secret).digits)
        answer = client.post("/ja/talk/", form_of(page.content) | {"go": "choose"} | more)
        return answer.content.decode()

    def test_the_times_stand_above_the_box_with_the_other_answers(
        self, client: Client, hana: Person
    ):
        sent = send()
        offer(hana, sent)
        page = BeautifulSoup(open_by(client, Receipt(sent.secret).digits).content, "html.parser")
        form = page.find("form", id="told")
        assert [one["value"] for one in form.find_all("input", attrs={"name": "offer"})] == [
            "1.1", "1.2", "1.3", "1.any", "1.none",
        ]  # fmt: skip
        assert WHERE in form.get_text()
        assert "見本 はな" not in page.get_text()

    @pytest.mark.parametrize(
        ("offered", "state", "said"),
        [
            ("1.1", Offered.FIXED, "時間が決まりました"),
            ("1.any", Offered.ANY, "窓口が時間を決めて"),
            ("1.none", Offered.NONE_FITS, "ほかの話しかた"),
            ("1.cancel", Offered.CANCELLED, "予定をやめました"),
            ("", Offered.OPEN, "時間をえらんでから"),
            ("1.7", Offered.OPEN, "ほかの時間もえらべます"),
        ],
    )
    def test_each_tap_is_answered_and_loses_no_word(
        self, client: Client, hana: Person, offered: str, state: Offered, said: str
    ):
        sent = send()
        offer(hana, sent)
        page = self.press(client, sent, offer=offered, text="書いているとちゅう")
        assert said in page
        assert "書いているとちゅう" in page
        assert meeting().state == state

    def test_coming_home_says_what_it_needs(self, client: Client, hana: Person):
        sent = send()
        offer(hana, sent, Meeting.HOME)
        assert "来てもらってもよい" in self.press(client, sent, offer="1.1")
        self.press(client, sent, offer="1.1", consents="on")
        assert meeting().state == Offered.FIXED

    def test_camera_off_and_voice_only_are_kept(self, client: Client, hana: Person):
        sent = send()
        offer(hana, sent, Meeting.VIDEO)
        self.press(client, sent, offer="1.1", camera_off="on", voice_only="on")
        assert (meeting().camera_off, meeting().voice_only) == (True, True)


class TestCalendar:
    def feed(self, token: str):
        return Client().get(f"/partner/calendar/{token}/")

    def test_it_says_when_and_which_kind_and_nothing_else(self, hana: Person):
        sent = send(call_me="みずいろ")
        offer(hana, sent)
        choose_time(secret=sent.secret, offer="1.1", at=MORNING)
        answer = self.feed(make_calendar_link(by=hana.id, at=MORNING))
        assert answer["Content-Type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert str(event["summary"]) == "予定（電話）"
        assert (event["dtstart"].dt, event["dtend"].dt) == (TUESDAY, TUESDAY + HALF_HOUR)
        assert set(event) == {"SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "CLASS"}
        for word in ("みずいろ", WHERE, str(sent.id), str(meeting().pk), "はな"):
            assert word not in answer.content.decode()

    def test_only_what_is_fixed_and_only_ones_own(self, hana: Person, sora: Person):
        one, other = send("ひとり"), send("もうひとり")
        offer(hana, one)
        offer(sora, other)
        choose_time(secret=other.secret, offer="1.1", at=MORNING)
        mine = self.feed(make_calendar_link(by=hana.id, at=MORNING))
        assert Calendar.from_ical(mine.content).walk("VEVENT") == []

    def test_a_new_address_ends_the_old_one(self, hana: Person):
        old = make_calendar_link(by=hana.id, at=MORNING)
        new = make_calendar_link(by=hana.id, at=MORNING)
        assert (self.feed(old).status_code, self.feed(new).status_code) == (404, 200)
        end_calendar_link(by=hana.id, at=MORNING)
        assert self.feed(new).status_code == 404

    def fixed(self, hana: Person) -> str:
        sent = send()
        offer(hana, sent)
        choose_time(secret=sent.secret, offer="1.1", at=MORNING)
        token = make_calendar_link(by=hana.id, at=MORNING)
        assert "SUMMARY" in self.feed(token).content.decode()
        return token

    def test_it_ends_with_the_account(self, hana: Person):
        """Its program asks on by itself, wherever its owner works by then."""
        token = self.fixed(hana)
        make_user("boss@example.jp", name="管理", roles=("admin",))
        everywhere = frozenset({("admin", str(EVERYWHERE))})
        leave(user=hana.user, by=Actor("staff:admin", "管理", everywhere), at=MORNING)
        assert self.feed(token).status_code == 404

    def test_it_tells_of_no_desk_its_owner_has_left(self, hana: Person):
        token = self.fixed(hana)
        hana.user.memberships.update(organization=Organization.objects.create(name="よその団体"))
        GroupSeal.objects.filter(member=hana.keyring.holder).delete()
        answer = self.feed(token)
        assert answer.status_code == 200
        assert "SUMMARY" not in answer.content.decode()

    @pytest.mark.parametrize("token", ["x", "staff", "あ", "a" * 300])
    def test_a_wrong_address_was_never_there(self, hana: Person, token: str):
        assert self.feed(token).status_code == 404

    def test_the_address_stands_on_its_page_once(self, hana: Person):
        client = hana.client()
        made = client.post("/staff/talk/calendar/", {"go": "make"}).content.decode()
        assert "/partner/calendar/" in made
        assert "/partner/calendar/" not in client.get("/staff/talk/calendar/").content.decode()
