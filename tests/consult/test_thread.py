"""What somebody can do with a thread: write on, rest, set aside, ask for another, be reached, erase."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from madobe.consult.actions.upkeep import let_go, renew_promises
from madobe.consult.choices import State
from madobe.consult.models import ChangeRequest, Consultation, Message, PersonDraft, Tombstone
from madobe.consult.queries.threads import contact_of
from madobe.consult.thread import find_thread
from madobe.ui import middleware
from madobe.vault.keyring import NotYours
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant
from madobe.vault.rules.receipts import read_receipt
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

pytestmark = pytest.mark.django_db

LETTER = "眠れません。"


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


@pytest.fixture
def words(client: Client, world: World) -> str:
    return write(client, LETTER)


def press(client: Client, words: str, go: str, **more: str):
    """Press a button of the open thread."""
    return client.post("/ja/talk/", form_of(open_by(client, words).content) | {"go": go} | more)


def test_a_further_letter_joins_the_thread_and_moves_no_promise(client: Client, words: str):
    promised = Consultation.objects.get().reply_by
    page = press(client, words, "reply", text="もう一つだけ。")
    assert "もう一つだけ。" in page.content.decode()
    assert Consultation.objects.get().reply_by == promised


def test_a_further_letter_sent_twice_is_one(client: Client, words: str):
    fields = form_of(open_by(client, words).content) | {"go": "reply", "text": "二度押した"}
    for _ in range(2):
        client.post("/ja/talk/", fields)
    assert Message.objects.count() == 2


def test_resting_asks_for_nothing_and_writing_again_wakes_it(client: Client, words: str):
    page = press(client, words, "rest")
    assert "お休み" in page.content.decode()
    assert Consultation.objects.get().reply_by is None
    press(client, words, "reply", text="また書きます")
    assert Consultation.objects.get().state == State.WAITING_STAFF


def test_another_counsellor_is_two_taps_without_a_reason(client: Client, words: str):
    first = press(client, words, "another")
    assert ChangeRequest.objects.count() == 0
    second = client.post("/ja/talk/", form_of(first.content) | {"change": "person"})
    assert second.status_code == 200
    assert ChangeRequest.objects.get().kind == "person"


def test_a_letter_set_aside_is_read_by_nobody_on_duty(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content)
    page = client.post("/ja/talk/", fields | {"text": "書きかけの手紙", "go": "aside_first"})
    words = words_of(page.content)
    thread = Consultation.objects.get()
    assert thread.state == State.SET_ASIDE
    assert not Grant.objects.filter(case=thread.pk).exists()
    with pytest.raises(NotYours):
        world.keyrings[0].open(thread.pk)
    assert "書きかけの手紙" in open_by(client, words).content.decode()


def test_what_was_set_aside_is_sent_under_the_same_words(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content)
    page = client.post("/ja/talk/", fields | {"text": "書きかけ", "go": "aside_first"})
    words = words_of(page.content)
    press(client, words, "reply", text="書きおわりました", who="self")
    thread = Consultation.objects.get()
    assert (thread.state, thread.who) == (State.WAITING_STAFF, "self")
    assert world.keyrings[0].open(thread.pk)
    assert not PersonDraft.objects.exists()
    assert "書きおわりました" in open_by(client, words).content.decode()


def test_setting_aside_in_mid_letter_keeps_every_word(client: Client, words: str):
    press(client, words, "aside", text="とちゅうまで書いた")
    assert "とちゅうまで書いた" in open_by(client, words).content.decode()


def test_a_form_left_open_too_long_keeps_its_words_and_goes_on(client: Client, words: str):
    fields = form_of(open_by(client, words).content)
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        late = client.post("/ja/talk/", fields | {"go": "reply", "text": "二時間かけて書いた"})
        assert late.status_code == 422
        assert "二時間かけて書いた" in late.content.decode()
        page = client.post(
            "/ja/talk/", {"go": "words", "words": words, "text": "二時間かけて書いた"}
        )
    assert "二時間かけて書いた" in page.content.decode()


def test_how_to_be_reached_is_sealed_and_read_by_who_answers(
    client: Client, world: World, words: str
):
    press(client, words, "contact_change", call_me="ゆき", no_phone="on", keep="three_months")
    thread = Consultation.objects.get()
    assert "ゆき".encode() not in bytes(thread.contact or b"")
    found = find_thread(secret=read_receipt(words).secret, on=date(2026, 11, 27))
    assert contact_of(found).call_me == "ゆき"
    assert contact_of(found).no_phone
    assert thread.expires_date == date(2026, 11, 27) + timedelta(days=92)


def test_erasing_takes_everything_and_leaves_a_day(client: Client, world: World, words: str):
    page = press(client, words, "erase")
    assert Message.objects.count() == 1
    client.post("/ja/talk/", form_of(page.content) | {"go": "erase_now"})
    assert not Consultation.objects.exists()
    assert not Message.objects.exists()
    assert not ShredKey.objects.exists()
    assert Tombstone.objects.get().by_person
    assert open_by(client, words).status_code == 422


TRAIL = "窓口の仕事の記録（だれがいつ開いたか、急ぎのしるしや虐待の記録をつけたか）は、ことばなしで、この窓があるかぎり残ります。"


def test_what_stays_after_erasing_is_said_before_writing_and_before_erasing(
    client: Client, words: str
):
    """The trail of who opened it and what was marked outlives the letters (trust.md E23, E24)."""
    assert TRAIL in client.get("/ja/talk/").content.decode()
    assert TRAIL in press(client, words, "erase").content.decode()


def test_never_given_erased_and_run_out_answer_alike(client: Client, world: World):
    gone, old = (write(client, LETTER) for _ in range(2))
    erase = press(client, gone, "erase")
    client.post("/ja/talk/", form_of(erase.content) | {"go": "erase_now"})
    with time_machine.travel(AT + timedelta(days=400), tick=False):
        answers = [open_by(client, words) for words in (gone, old)]
    answers.append(open_by(client, never_given()))
    pages = [answer.content.decode() for answer in answers]
    for words, number in zip((gone, old, never_given()), range(3), strict=True):
        pages[number] = pages[number].replace(words, "WORDS")
    assert len(set(pages)) == 1
    assert {answer.status_code for answer in answers} == {422}


def never_given() -> str:
    """Words that pass their check and were given to nobody."""
    from madobe.vault.rules.receipts import Receipt

    return " ".join(Receipt(bytes(range(10))).words)


def test_a_misspelt_word_is_pointed_at_before_anything_is_looked_up(
    client: Client, words: str, django_assert_num_queries
):
    typed = words.split()
    typed[2] = "ぱぴぷぺ"
    with django_assert_num_queries(0):
        page = open_by(client, " ".join(typed))
    assert "3番めの「ぱぴぷぺ」" in page.content.decode()


def test_a_foreign_page_gets_an_empty_form(client: Client, words: str):
    fields = form_of(open_by(client, words).content) | {"go": "reply", "text": "から別の所"}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert client.post("/ja/talk/", fields, headers=headers).status_code == 403
    assert Message.objects.count() == 1


def test_a_browser_that_says_nothing_of_itself_is_believed(client: Client, words: str):
    fields = form_of(open_by(client, words).content) | {"go": "reply", "text": "ここから"}
    assert client.post("/ja/talk/", fields, headers={"origin": "null"}).status_code == 200
    assert Message.objects.count() == 2


def test_a_missed_promise_is_renewed_with_an_apology(client: Client, words: str):
    late = AT + timedelta(days=6)
    with time_machine.travel(late, tick=False):
        assert renew_promises(late) == 1
        assert renew_promises(late) == 0
        page = open_by(client, words).content.decode()
    assert "すみません" in page
    thread = Consultation.objects.get()
    assert thread.missed == 1
    assert thread.reply_by > late


def test_days_that_have_run_out_let_a_thread_go_and_a_visit_keeps_it(client: Client, world: World):
    left, visited = write(client, LETTER), write(client, LETTER)
    half = AT + timedelta(days=300)
    with time_machine.travel(half, tick=False):
        open_by(client, visited)
    assert let_go(AT + timedelta(days=366)) == 0
    assert let_go(AT + timedelta(days=367)) == 1
    assert not Tombstone.objects.get().by_person
    with time_machine.travel(AT + timedelta(days=368), tick=False):
        assert open_by(client, left).status_code == 422
        assert open_by(client, visited).status_code == 200


def test_the_page_asks_for_news_and_is_told_when_there_are_none(client: Client, words: str):
    token = form_of(open_by(client, words).content)["token"]
    first = client.get("/talk/poll", headers={"x-madobe-thread": token})
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    tag = first.headers["ETag"]
    again = {"x-madobe-thread": token, "if-none-match": tag}
    assert client.get("/talk/poll", headers=again).status_code == 304
    press(client, words, "reply", text="つづき")
    assert client.get("/talk/poll", headers=again).status_code == 200


@pytest.mark.parametrize(
    ("display", "said"),
    [("ja", "11月27日"), ("yasashii", "11月27日"), ("en", "27 November"), ("nonsense", "11月27日")],
)
def test_news_come_in_the_language_of_their_page(
    client: Client, words: str, display: str, said: str
):
    token = form_of(open_by(client, words).content)["token"]
    asked = {"x-madobe-thread": token, "x-madobe-display": display}
    assert said in client.get("/talk/poll", headers=asked).content.decode()


def test_news_have_furigana_where_their_page_has_and_nothing_of_them_is_kept(
    client: Client, words: str, monkeypatch: pytest.MonkeyPatch
):
    kept = []
    real = middleware.with_furigana
    monkeypatch.setattr(
        middleware, "with_furigana", lambda page, keep: kept.append(keep) or real(page, keep=keep)
    )
    token = form_of(open_by(client, words).content)["token"]
    asked = {"x-madobe-thread": token, "x-madobe-display": "ja-f"}
    assert "<rt>" in client.get("/talk/poll", headers=asked).content.decode()
    assert kept == [False]


def test_without_a_token_there_is_no_news(client: Client, words: str):
    assert client.get("/talk/poll").status_code == 410
