"""The pages of the other ways, through the door: same keys, same reach as the thread itself."""

import pytest
from bs4 import BeautifulSoup

from madobe.audit.models import AuditEvent
from madobe.channels.rules.incoming import File, Kind
from madobe.consult.doors import wishes_of
from madobe.consult.models import Appointment, ChannelIdentity, Consultation, Message, StaffDraft
from madobe.consult.reach import open_thread
from madobe.desks.models import Desk
from tests.factories.answering import MORNING, Person, send
from tests.factories.doors import HOME, came, texts, threads
from tests.factories.files import MARKED
from tests.factories.line_server import HANA, Line

pytestmark = pytest.mark.django_db
PAGES = ("ways", "by-door", "letter", "times")


def fields(page: bytes, go: str = "") -> dict[str, str]:
    """The hidden fields of the form with this button, or of the only one."""
    for form in BeautifulSoup(page, "html.parser").find("main").find_all("form"):
        if not go or form.find("button", value=go):
            return {
                one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")
            }
    raise AssertionError(go)


@pytest.mark.parametrize("place", PAGES)
def test_whoever_cannot_open_the_thread_sees_no_page(hana: Person, mei: Person, place: str):
    sent = send("お便り")
    path = f"/staff/talk/{sent.id}/{place}/"
    assert hana.client().get(path).status_code == 200
    assert mei.client().get(path).status_code == 404


@pytest.mark.parametrize("place", PAGES)
def test_each_look_is_written_down(hana: Person, place: str):
    sent = send("お便り")
    hana.client().get(f"/staff/talk/{sent.id}/{place}/")
    assert AuditEvent.objects.filter(action="talk.read", record_id=str(sent.id)).count() == 1


def test_the_thread_leads_to_them_all(hana: Person):
    sent = send("お便り")
    page = hana.client().get(f"/staff/talk/{sent.id}/").content.decode()
    for one in PAGES:
        assert f'href="/staff/talk/{sent.id}/{one}/"' in page
    assert f'href="/staff/talk/phone/?thread={sent.id}"' in page


def test_what_a_desk_has_switched_off_stands_on_no_page(hana: Person):
    sent = send("お便り")
    client, path = hana.client(), f"/staff/talk/{sent.id}/"
    Desk.objects.update(channels=["web"])
    links = {one.get("href") for one in BeautifulSoup(client.get(path).content, "html.parser").find_all("a")}  # fmt: skip
    links |= {one.get("href") for one in BeautifulSoup(client.get("/staff/talk/").content, "html.parser").find_all("a")}  # fmt: skip
    off = {f"{path}by-door/", f"{path}letter/", f"{path}times/", f"/staff/talk/phone/?thread={sent.id}"}  # fmt: skip
    assert links & (off | {"/staff/talk/phone/", "/staff/talk/calendar/"}) == set()
    assert f"{path}ways/" in links


def test_a_way_that_is_off_shows_where_somebody_wrote_by_it(hana: Person):
    Desk.objects.update(channels=["web"])
    came("はじめまして")
    path = f"/staff/talk/{threads()[0].pk}/"
    assert f'href="{path}by-door/"' in hana.client().get(path).content.decode()


def test_opening_the_list_lays_letters_in(hana: Person):
    came("一通め")
    came("二通め")
    client = hana.client()
    assert "二通め" in client.get("/staff/talk/").content.decode()
    assert "二通め" in client.get(f"/staff/talk/{threads()[0].pk}/").content.decode()


def test_what_was_removed_from_a_picture_is_said_beside_it(hana: Person):
    marked = MARKED["jpeg"]()
    came("写真です", files=(File(marked.name, marked.data, "image/jpeg"),))
    page = hana.client().get(f"/staff/talk/{threads()[0].pk}/").content.decode()
    assert "撮影した場所の記録を取りのぞきました。" in page
    came("ひとことだけ", sender="otouto@example.jp")
    (plain,) = [one for one in threads() if not one.messages.filter(attachments__isnull=False)]
    page = hana.client().get(f"/staff/talk/{plain.pk}/").content.decode()
    assert "取りのぞ" not in page


def test_what_is_not_safe_is_kept_and_shown_again(hana: Person):
    sent = send("お便り")
    client, path = hana.client(), f"/staff/talk/{sent.id}/ways/"
    said = {"unsafe_ways": ["phone"], "unsafe_places": "042-000-1122\n\n", "go": "safe"}
    answer = client.post(path, said | {"quiet_from": "22:00", "quiet_until": "14:00"})
    assert answer.status_code == 302
    wishes = wishes_of(open_thread(hana.hand, sent.id, at=MORNING))
    assert (wishes.unsafe_ways, wishes.unsafe_places) == (("phone",), ("042-000-1122",))
    assert (wishes.quiet_from, wishes.quiet_until) == ("22:00", "14:00")
    page = client.get(path).content.decode()
    assert "042-000-1122" in page
    assert "22:00" in page


def test_two_threads_are_linked_and_taken_apart_on_the_page(hana: Person):
    came("メールです")
    came("LINEです", channel="line", sender="U1")
    mail, line = (Consultation.objects.get(door=one).pk for one in ("email", "line"))
    client, path = hana.client(), f"/staff/talk/{mail}/ways/"
    link = {"other": str(line), "wish": "電話で望まれた", "wished_on": "2026-11-27", "go": "link"}
    assert client.post(path, link | {"wish": ""}).status_code == 422
    refused = client.post(path, link)
    assert refused.status_code == 422
    assert f'href="/staff/talk/{line}/ways/#writer"' in refused.content.decode()
    for one in (mail, line):
        client.post(f"/staff/talk/{one}/ways/", {"go": "who", "who": "self"})
    assert client.post(path, link).status_code == 302
    assert texts(hana, mail) == ["メールです", "LINEです"]
    page = client.get(path)
    assert "電話で望まれた" in page.content.decode()
    assert client.post(path, fields(page.content, "unlink") | {"go": "unlink"}).status_code == 302
    assert texts(hana, mail) == ["メールです"]


def test_somebody_elses_letters_are_split_on_the_page(hana: Person):
    came("母です")
    came("弟です")
    client, path = hana.client(), f"/staff/talk/{threads()[0].pk}/ways/"
    page = client.get(path)
    assert HOME in page.content.decode()
    second = Message.objects.get(number=2).pk
    form = fields(page.content, "split") | {"go": "split", "since": str(second)}
    assert client.post(path, form).status_code == 302
    assert Consultation.objects.count() == 2


def test_an_answer_that_does_not_go_says_so_and_stays(hana: Person, settings):
    settings.MAIL = False
    came("はじめまして")
    client, path = hana.client(), f"/staff/talk/{threads()[0].pk}/by-door/"
    page = client.get(path)
    way = str(ChannelIdentity.objects.get().pk)
    answer = client.post(path, fields(page.content) | {"text": "おへんじ", "way": way})
    assert answer.status_code == 409
    assert "うまく送れませんでした" in answer.content.decode()
    assert "おへんじ" in answer.content.decode()
    assert StaffDraft.objects.count() == 1


def test_a_way_that_is_not_safe_is_shown_with_its_reason(hana: Person):
    came("はじめまして")
    client, thread = hana.client(), threads()[0].pk
    client.post(f"/staff/talk/{thread}/ways/", {"unsafe_ways": ["email"], "go": "safe"})
    page = client.get(f"/staff/talk/{thread}/by-door/")
    assert "安全のために使わない" in page.content.decode()
    assert BeautifulSoup(page.content, "html.parser").find("input", attrs={"name": "way"})["disabled"] == ""  # fmt: skip


def test_times_are_offered_fixed_and_called_off_on_the_page(hana: Person):
    sent = send("お便り")
    client, path = hana.client(), f"/staff/talk/{sent.id}/times/"
    said = {
        "kind": "video",
        "length": "50",
        "day_1": "2026-12-01",
        "hour_1": "14:00",
        "go": "offer",
    }
    assert client.post(path, said | {"day_1": ""}).status_code == 422
    assert client.post(path, said).status_code == 302
    assert client.post(path, fields(client.get(path).content) | {"number": "1"}).status_code == 302
    row = Appointment.objects.get()
    assert (row.kind, row.state, (row.ends_at - row.starts_at).seconds) == ("video", "fixed", 3000)
    form = fields(client.get(path).content, "call_off") | {"go": "call_off"}
    assert client.post(path, form).status_code == 302
    assert Appointment.objects.get().state == "cancelled"


def test_after_a_letter_was_taken_back_the_thread_is_still_answered(hana: Person, line: Line):
    came("一通め", channel="line", sender=HANA, letter_id="1")
    came("まちがい", channel="line", sender=HANA, letter_id="2")
    client, thread = hana.client(), threads()[0].pk
    client.get("/staff/talk/")
    came(
        channel="line", sender=HANA, kind=Kind.UNSENT, answers=("2",), visible_line="取り消しました"
    )
    page = BeautifulSoup(client.get(f"/staff/talk/{thread}/").content, "html.parser")
    form = page.find("form", id="answer").find_all("input", type="hidden")
    answer = {one["name"]: one["value"] for one in form} | {"text": "はい。", "go": "send"}
    assert client.post(f"/staff/talk/{thread}/answer/", answer).status_code == 302
    assert texts(hana, thread) == ["一通め", "取り消しました", "はい。"]
