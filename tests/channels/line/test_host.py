"""Words go to LINE once, whole and in order, whatever happens on the way; what lies there is fetched within bounds."""

from uuid import UUID

import pytest
from urllib3.exceptions import HTTPError

from madobe.channels.line import host
from madobe.channels.line.host import (
    LineDoesNotAnswer,
    LineDoesNotTake,
    LineIsNotSetUp,
    NotThereYet,
    TooLarge,
    answer_quietly,
    fetch_content,
    send_text,
)
from tests.factories.line_server import HANA, Line
from tests.factories.line_shapes import PUSH, REPLY, faults

KEY = UUID("6f1c0c1e-5c52-4b3c-9d8a-0c6a3a3f0b11")


class Pauses(list[float]):
    """How long was waited, without waiting."""

    __call__ = list.append


@pytest.fixture
def pause() -> Pauses:
    return Pauses()


class TestSending:
    def test_words_arrive(self, line: Line):
        ids = send_text(HANA, "読みました。")
        assert line.texts() == ["読みました。"]
        assert line.pushed[0]["to"] == HANA
        assert len(ids) == 1

    def test_a_long_answer_arrives_whole_in_pieces(self, line: Line):
        text = "".join(f"{number}行めです。\n" for number in range(9_000)) + "😀" * 40
        ids = send_text(HANA, text)
        assert "".join(line.texts()) == text
        assert [len(push["messages"]) for push in line.pushed][:2] == [5, 5]
        assert len(ids) == len(line.texts())

    @pytest.mark.parametrize("trouble", [500, 502, 503, 429, "lost"])
    def test_after_trouble_it_is_there_exactly_once(self, line: Line, pause: Pauses, trouble):
        line.troubles = [trouble, trouble] if trouble != "lost" else ["lost"]
        ids = send_text(HANA, "はい", pause=pause)
        assert line.texts() == ["はい"]
        assert len(ids) == 1
        assert pause == ([0.5, 1.0] if trouble != "lost" else [0.5])

    def test_line_that_stays_away_is_said_and_the_same_call_sends_only_what_is_missing(
        self, line: Line, pause: Pauses
    ):
        text = "あ" * 30_000  # six pieces, two pushes
        line.troubles = ["lost", 500, 500, 500]
        with pytest.raises(LineDoesNotAnswer):
            send_text(HANA, text, key=KEY, pause=pause)
        assert len(line.texts()) == 5
        assert pause == [0.5, 1.0, 2.0]
        line.troubles = []
        assert len(send_text(HANA, text, key=KEY, pause=pause)) == 6
        assert "".join(line.texts()) == text

    def test_two_answers_with_the_same_words_are_two(self, line: Line):
        send_text(HANA, "はい")
        send_text(HANA, "はい")
        assert line.texts() == ["はい", "はい"]

    @pytest.mark.parametrize("status", [400, 403])
    def test_what_line_refuses_is_not_asked_again_and_not_repeated_aloud(
        self, line: Line, pause: Pauses, status: int
    ):
        line.troubles = [status]
        with pytest.raises(LineDoesNotTake) as refusal:
            send_text(HANA, "ひみつ", pause=pause)
        assert str(refusal.value) == str(status)
        assert refusal.value.__suppress_context__
        assert pause == []

    def test_nobody_listening_is_said(self, line: Line, settings, pause: Pauses):
        settings.LINE_API = "http://127.0.0.1:9"
        with pytest.raises(LineDoesNotAnswer):
            send_text(HANA, "はい", pause=pause)
        assert len(pause) == 3

    def test_without_settings_nothing_is_pretended(self, settings):
        settings.LINE_TOKEN = ""
        with pytest.raises(LineIsNotSetUp):
            send_text(HANA, "はい")

    def test_a_quiet_answer_makes_no_sound_and_is_given_once(self, line: Line):
        line.tokens = {"t"}
        answer_quietly("t", "はい")
        assert line.replied[0]["notificationDisabled"] is True
        with pytest.raises(LineDoesNotTake):
            answer_quietly("t", "はい")
        assert len(line.replied) == 1


class TestFetching:
    def test_what_lies_there_comes_as_bytes(self, line: Line):
        line.contents["7"] = ("image/jpeg", b"jpg")
        assert fetch_content("7") == host.Fetched(b"jpg", "image/jpeg")

    def test_no_more_than_agreed_is_fetched(self, line: Line):
        line.contents["7"] = ("video/mp4", b"x" * 1_001)
        assert len(fetch_content("7", largest=1_001).data) == 1_001
        with pytest.raises(TooLarge):
            fetch_content("7", largest=1_000)

    def test_a_film_is_waited_for(self, line: Line, pause: Pauses):
        line.contents["7"] = ("video/mp4", b"mp4")
        line.preparing["7"] = ["processing", "processing", "succeeded"]
        assert fetch_content("7", is_prepared_first=True, pause=pause).data == b"mp4"
        assert pause == [0.5, 1.0]

    @pytest.mark.parametrize("coming", ["processing", "failed"])
    def test_a_film_that_does_not_come_is_said(self, line: Line, pause: Pauses, coming: str):
        line.preparing["7"] = [coming]
        with pytest.raises(NotThereYet):
            fetch_content("7", is_prepared_first=True, pause=pause)

    def test_what_is_gone_is_said(self, line: Line, pause: Pauses):
        with pytest.raises(NotThereYet):
            fetch_content("8", pause=pause)
        assert pause == []

    def test_trouble_is_waited_out(self, line: Line, pause: Pauses):
        line.contents["7"] = ("image/jpeg", b"jpg")
        line.troubles = [500, 429]
        assert fetch_content("7", pause=pause).data == b"jpg"

    def test_an_id_leads_nowhere_else(self, line: Line, pause: Pauses):
        with pytest.raises(NotThereYet):
            fetch_content("../../user/x", pause=pause)
        assert line.asked == ["/v2/bot/message/..%2F..%2Fuser%2Fx/content"]

    def test_a_media_type_that_is_none_is_not_believed(self, line: Line):
        line.contents["7"] = ("text/html; <script>", b"x")
        assert fetch_content("7").media_type == "text/html"
        line.contents["7"] = ("<script>", b"x")
        assert fetch_content("7").media_type == "application/octet-stream"


def test_without_another_address_it_is_lines_own(settings, monkeypatch, pause: Pauses):
    """Not asked for real: what would be asked is noted and refused."""
    asked = []

    def note(_self: object, method: str, url: str, **_more: object) -> None:
        asked.append(f"{method} {url}")
        raise HTTPError

    monkeypatch.setattr("urllib3.PoolManager.request", note)
    settings.LINE_API, settings.LINE_TOKEN = "", "t"
    for ask in (
        lambda: send_text(HANA, "はい", pause=pause),
        lambda: fetch_content("7", pause=pause),
    ):
        with pytest.raises(LineDoesNotAnswer):
            ask()
    assert set(asked) == {
        "POST https://api.line.me/v2/bot/message/push",
        "GET https://api-data.line.me/v2/bot/message/7/content",
    }


@pytest.mark.parametrize(
    ("request_", "shape"),
    [
        ({"to": "U", "messages": []}, PUSH),
        ({"to": "U", "messages": [{"type": "text", "text": "a"}] * 6}, PUSH),
        ({"to": "U", "messages": [{"type": "text", "txt": "a"}]}, PUSH),
        ({"messages": [{"type": "text", "text": "a"}]}, REPLY),
    ],
)
def test_line_on_loopback_refuses_what_line_refuses(request_, shape):
    assert faults(request_, shape)
