"""The desk as those who answer see it, through the door."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from madobe.audit.models import AuditEvent
from madobe.consult.models import Consultation, Message, StaffDraft
from tests.factories.answering import LETTER, Person, make_colleague, send
from tests.factories.desk import World

pytestmark = pytest.mark.django_db
BACKGROUND = {"HTTP_X_MADOBE_BACKGROUND": "1"}


def fields_of(page: bytes, form: str = "answer") -> dict[str, str]:
    """The hidden fields of a form, and what stands in its box."""
    found = BeautifulSoup(page, "html.parser").find("form", id=form)
    assert found is not None
    fields = {one["name"]: one.get("value", "") for one in found.find_all("input", type="hidden")}
    box = found.find("textarea")
    return fields | {"text": (box.string or "").lstrip("\n") if box else ""}


def at(name: str, thread: object) -> str:
    return reverse(f"consult_staff:{name}", args=[getattr(thread, "id", thread)])


def test_a_letter_stands_in_the_list_with_its_first_line_and_reasons(world: World, hana: Person):
    send()
    page = hana.client().get("/staff/talk/").content.decode()
    assert "「もう力が出ないけど" in page
    assert "約束は 12月2日（水）17:00" in page
    assert "話だけ" in page
    assert "待っている方 1" in page


def test_what_a_letter_says_twice_stands_there_once(world: World, hana: Person):
    sent = send(who="family")
    Consultation.objects.update(wishes="family")
    for address in ("/staff/talk/", at("thread", sent)):
        page = BeautifulSoup(hana.client().get(address).content, "html.parser")
        assert [one.get_text() for one in page.select(".tag")].count("家族のこと") == 1


def test_the_list_asks_for_the_key_first(world: World, hana: Person):
    send()
    from tests.factories.accounts import sign_in

    client = Client()
    sign_in(client, hana.user)
    page = client.get("/staff/talk/")
    assert page.status_code == 403
    assert "合い鍵を開く" in page.content.decode()
    assert "もう力が" not in page.content.decode()


def test_wishes_stand_above_everything(world: World, hana: Person):
    sent = send(no_phone=True, must_not_know="母", call_me="みずいろ")
    page = hana.client().get(at("thread", sent)).content.decode()
    order = [
        page.index(words)
        for words in (
            "この方の願い",
            "電話しない",
            "母",
            "読みあげません",
            LETTER[:12],
            "お返事</label>",
        )
    ]
    assert order == sorted(order)
    assert "みずいろ" in page


def test_an_answer_goes_out_once_however_often_it_is_sent(world: World, hana: Person):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    answer = fields | {"text": "書いてくださって、ありがとうございます。", "go": "send"}
    for _ in range(2):
        assert client.post(at("answer", sent), answer).status_code == 302
    row = sent.row
    assert Message.objects.filter(author="staff").count() == 1
    assert (row.state, row.reply_by, row.missed) == ("waiting_person", None, 0)
    assert "お返事を送りました。" in client.get(at("thread", sent)).content.decode()


def test_the_person_reads_the_answer(world: World, hana: Person):
    from tests.factories.desk import open_by, write

    words = write(Client(), LETTER)
    thread = Consultation.objects.get()
    client = hana.client()
    fields = fields_of(client.get(at("thread", thread.pk)).content)
    client.post(at("answer", thread.pk), fields | {"text": "夜はしんどいですね。", "go": "send"})
    page = open_by(Client(), words).content.decode()
    assert "夜はしんどいですね。" in page
    assert "お返事があります" in page


def test_a_letter_that_came_meanwhile_is_shown_and_nothing_is_lost(world: World, hana: Person):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    sent.write("追伸です。")
    page = client.post(at("answer", sent), fields | {"text": "わたしの返事", "go": "send"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "そのあいだに新しいお便りが届きました" in text
    assert "追伸です。" in text
    assert fields_of(page.content)["text"] == "わたしの返事"
    assert Message.objects.filter(author="staff").count() == 0
    again = fields_of(page.content) | {"go": "send"}
    assert client.post(at("answer", sent), again).status_code == 302
    assert Message.objects.filter(author="staff").count() == 1


def test_what_is_typed_is_kept_by_the_page_itself_and_is_there_after_a_killed_browser(
    world: World, hana: Person
):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    answer = client.post(at("answer", sent), fields | {"text": "途中まで"}, **BACKGROUND)
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert "10:20" in answer.json()["said"]
    assert fields_of(hana.client().get(at("thread", sent)).content)["text"] == "途中まで"


def test_two_screens_of_one_person_lose_neither_text(world: World, hana: Person):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    client.post(at("answer", sent), fields | {"text": "右の画面"}, **BACKGROUND)
    refused = client.post(at("answer", sent), fields | {"text": "左の画面"}, **BACKGROUND)
    assert refused.status_code == 409
    page = client.post(at("answer", sent), fields | {"text": "左の画面", "go": "save"})
    assert page.status_code == 409
    assert "右の画面" in page.content.decode()
    assert fields_of(page.content)["text"] == "左の画面"
    client.post(at("answer", sent), fields_of(page.content) | {"go": "save"})
    assert fields_of(client.get(at("thread", sent)).content)["text"] == "左の画面"


def test_a_beginning_goes_into_the_box_and_nowhere_else(world: World, hana: Person):
    sent = send()
    client = hana.client()
    client.post(
        "/staff/talk/templates/",
        {
            "desk": str(world.desk.pk),
            "title": "お礼",
            "text": "書いてくださって、ありがとうございます。",
        },
    )
    from madobe.consult.models import StaffTemplate

    Consultation.objects.update(wishes="")
    fields = fields_of(client.get(at("thread", sent)).content)
    chosen = {"template": str(StaffTemplate.objects.get().pk), "go": "insert"}
    client.post(at("answer", sent), fields | {"text": "みずいろさん"} | chosen)
    text = fields_of(client.get(at("thread", sent)).content)["text"]
    assert text == "みずいろさん\n\n書いてくださって、ありがとうございます。"
    assert Message.objects.filter(author="staff").count() == 0


def test_just_listening_leaves_beginnings_and_tasks_out(world: World, hana: Person):
    sent = send()
    from madobe.consult.models import StaffTemplate

    StaffTemplate.objects.create(desk=world.desk, title="居場所の紹介", text="ここがあります。")
    client = hana.client()
    assert "居場所の紹介" not in client.get(at("thread", sent)).content.decode()
    Consultation.objects.update(wishes="")
    assert "居場所の紹介" in client.get(at("thread", sent)).content.decode()


def test_hints_stand_beside_the_box_and_hold_nothing_up(world: World, hana: Person):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    client.post(at("answer", sent), fields | {"text": "がんばりましょう。", "go": "save"})
    page = client.get(at("thread", sent))
    assert "休みながらで大丈夫です" in page.content.decode()
    sending = fields_of(page.content) | {"go": "send"}
    assert client.post(at("answer", sent), sending).status_code == 302
    assert Message.objects.filter(author="staff").count() == 1


def test_still_thinking_gives_a_new_promise_the_person_reads(world: World, hana: Person):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    later = fields | {"text": "下書き", "go": "later", "day": "2026-12-04"}
    for _ in range(2):
        client.post(at("answer", sent), later)
    row = sent.row
    assert row.state == "waiting_staff"
    assert row.reply_by is not None
    assert row.reply_by.isoformat() == "2026-12-04T08:00:00+00:00"
    page = client.get(at("thread", sent))
    assert (
        page.content.decode().count("まだ考えています。12月4日（金）17:00 ごろまでに書きます。")
        == 1
    )
    assert fields_of(page.content)["text"] == "下書き"


@pytest.mark.parametrize("day", ["", "2026-11-26", "2026-12-05", "2027-03-01"])
def test_no_promise_is_made_for_a_day_nobody_can_keep(world: World, hana: Person, day: str):
    sent = send()
    client = hana.client()
    fields = fields_of(client.get(at("thread", sent)).content)
    page = client.post(at("answer", sent), fields | {"text": "文", "go": "later", "day": day})
    assert page.status_code == 422
    assert Message.objects.filter(author="staff").count() == 0


def without(key: object, page: bytes) -> str:
    """A page without the address it was asked by and the token of its forms, which differ each time."""
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    return token.sub("", page.decode().replace(str(key), "KEY"))


def test_forbidden_and_absent_are_one_answer(world: World, hana: Person, mei: Person):
    sent, none = send(), uuid4()
    client = mei.client()
    for name in ("thread", "poll", "note", "danger", "abuse", "close", "erase"):
        there, nowhere = (client.get(at(name, key)) for key in (sent.id, none))
        assert there.status_code == nowhere.status_code == 404, name
        assert without(sent.id, there.content) == without(none, nowhere.content), name
        assert dict(there.headers) == dict(nowhere.headers), name
    for name in ("answer", "look", "hold", "mark", "note", "danger", "erase"):
        fields = {"go": "claim", "text": "x", "message": str(uuid4()), "seen": "1"}
        there, nowhere = (client.post(at(name, key), fields) for key in (sent.id, none))
        assert without(sent.id, there.content) == without(none, nowhere.content), name
        assert there.status_code == nowhere.status_code == 404, name
    assert "もう力が" not in client.get("/staff/talk/").content.decode()
    assert AuditEvent.objects.filter(by=mei.id, action="talk.read").count() == 0


def test_a_list_that_stayed_as_it_was_costs_no_page(world: World, hana: Person):
    sent = send()
    client = hana.client()
    first = client.get("/staff/talk/poll/", **BACKGROUND)
    assert first.status_code == 200
    tag = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    assert client.get("/staff/talk/poll/", **BACKGROUND, **tag).status_code == 304
    sent.write("追伸です。")
    assert client.get("/staff/talk/poll/", **BACKGROUND, **tag).status_code == 200


def test_a_thread_that_stayed_as_it_was_costs_no_page(world: World, hana: Person):
    sent = send()
    client = hana.client()
    first = client.get(at("poll", sent), **BACKGROUND)
    tag = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    assert client.get(at("poll", sent), **BACKGROUND, **tag).status_code == 304
    sent.write("追伸です。")
    fresh = client.get(at("poll", sent), **BACKGROUND, **tag)
    assert "追伸です。" in fresh.content.decode()


def test_who_has_it_open_is_said_by_name(world: World, hana: Person, sora: Person):
    sent = send()
    sora.client().get(at("thread", sent))
    assert "見本 そらさんが開いています" in hana.client().get("/staff/talk/").content.decode()


def test_alike_letters_are_one_row_that_opens(world: World, hana: Person):
    alike = [send("おなじ文です。") for _ in range(3)]
    send("ちがう文です。")
    Consultation.objects.filter(pk__in=[one.id for one in alike]).update(held="a1b2")
    client = hana.client()
    page = client.get("/staff/talk/").content.decode()
    assert "似たお便りが3通あります" in page
    assert "待っている方 1" in page
    assert "おなじ文です" not in page
    assert "ちがう文です" in page
    group = client.get("/staff/talk/?only=held-a1b2").content.decode()
    assert group.count("「おなじ文です。」") == 3
    assert "ちがう文です" not in group


def test_one_of_many_alike_that_is_taken_stands_by_itself(world: World, hana: Person):
    alike = [send("おなじ文です。") for _ in range(3)]
    Consultation.objects.update(held="a1b2")
    client = hana.client()
    client.post(at("hold", alike[0]), {"go": "claim"})
    page = client.get("/staff/talk/").content.decode()
    assert "似たお便りが2通あります" in page
    assert page.count("「おなじ文です。」") == 1


def test_no_button_takes_the_draft_of_another_away(world: World, hana: Person, sora: Person):
    sent = send()
    for one in (hana, sora):
        client = one.client()
        fields = fields_of(client.get(at("thread", sent)).content)
        client.post(at("answer", sent), fields | {"text": f"{one.user.name}の文", "go": "save"})
    client = hana.client()
    client.post(
        at("answer", sent), fields_of(client.get(at("thread", sent)).content) | {"go": "put_away"}
    )
    assert [one.member for one in StaffDraft.objects.all()] == [sora.id]


def number_of(sent: object) -> str:
    return str(getattr(sent, "id", sent)).upper()[:8]


def test_the_number_of_a_slip_leads_to_its_thread(world: World, hana: Person):
    sent = send()
    client = hana.client()
    page = client.get("/staff/talk/", {"number": number_of(sent).lower()})
    assert (page.status_code, page["Location"]) == (302, at("thread", sent))
    assert number_of(sent) in client.get(at("thread", sent)).content.decode()


@pytest.mark.parametrize("number", ["00000000", "ちがう番号", "1"])
def test_a_number_of_no_thread_is_answered_with_the_list(world: World, hana: Person, number: str):
    send()
    page = hana.client().get("/staff/talk/", {"number": number})
    assert page.status_code == 200
    assert "見つかりませんでした" in page.content.decode()
    assert "「もう力が出ないけど" in page.content.decode()


def test_the_number_of_a_letter_their_key_does_not_open_is_not_found(world: World, hana: Person):
    sent = send()
    kai = make_colleague(world, "kai@example.jp", "見本 かい", in_group=False)
    page = kai.client().get("/staff/talk/", {"number": number_of(sent)})
    assert page.status_code == 200
    assert "見つかりませんでした" in page.content.decode()
