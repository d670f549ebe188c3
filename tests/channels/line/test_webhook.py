"""LINE knocks at one address: only LINE is heard, nothing is doubled, everything leaves a visible line."""

import base64
import hashlib
import hmac
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from madobe.channels import registry
from madobe.channels.line import receiving
from madobe.channels.models import Arrival
from madobe.channels.rules.incoming import Kind
from tests.factories.line_server import HANA, SECRET, Line, event, message, sign, signed

pytestmark = pytest.mark.django_db
ADDRESS = "/channels/line/"


def call(body: bytes, headers: dict[str, str]) -> int:
    browser = Client(enforce_csrf_checks=True)
    return browser.post(ADDRESS, body, content_type="application/json", headers=headers).status_code


def bring(*events: Any, official: bool = True) -> int:
    return call(*signed(list(events), official=official))


class TestWhoIsHeard:
    def test_line_is(self, line: Line, above):
        assert bring(message("text", text="ねむれません")) == 200
        (came,) = above.taken
        assert (came.kind, came.text, came.sender) == (Kind.TEXT, "ねむれません", HANA)
        assert came.at == datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
        assert above.desks == ["akishima"]

    def test_line_asking_whether_we_are_there_is(self, line: Line, above):
        assert bring() == 200

    @pytest.mark.parametrize(
        "signature",
        ["", "x", "あ", base64.b64encode(bytes(32)).decode(), "=" * 44],
    )
    def test_a_wrong_signature_is_not(self, line: Line, above, signature: str):
        body, _headers = signed([message("text", text="はい")])
        assert call(body, {"X-Line-Signature": signature}) == 400
        assert above.taken == []

    def test_no_signature_is_not(self, line: Line, above):
        assert call(signed([message("text", text="はい")])[0], {}) == 400

    def test_the_signature_of_another_secret_or_another_body_is_not(self, line: Line, above):
        body, headers = signed([message("text", text="はい")])
        assert call(body + b" ", headers) == 400
        assert call(*sign(body, "another secret")) == 400
        assert above.taken == []

    def test_nothing_is_read_before_the_signature_is_right(self, line: Line, above, monkeypatch):
        def read_too_early(*_: object) -> None:
            raise AssertionError("read before it was checked")

        monkeypatch.setattr(receiving.json, "loads", read_too_early)
        assert call(b"{", {"X-Line-Signature": "x"}) == 400

    def test_signatures_are_compared_in_constant_time(self, line: Line, above, monkeypatch):
        from linebot.v3 import webhook

        compared = []
        monkeypatch.setattr(
            webhook.hmac, "compare_digest", lambda a, b: compared.append((a, b)) or a == b
        )
        body, headers = signed([])
        assert call(body, headers) == 200
        wanted = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest())
        assert compared == [(wanted, wanted)]

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"events": 1}', b"\xff", b"null"])
    def test_a_signed_body_that_is_none_of_lines_is_refused_calmly(self, line: Line, above, body):
        assert call(*sign(body)) == 400

    def test_without_lines_settings_there_is_no_such_address(self, above, settings):
        settings.LINE_SECRET = settings.LINE_TOKEN = ""
        assert call(*signed([])) == 404

    def test_it_needs_no_session_and_sets_no_cookie(self, line: Line, above, client: Client):
        body, headers = signed([])
        answer = client.post(ADDRESS, body, content_type="application/json", headers=headers)
        assert answer.status_code == 200
        assert answer.cookies == {}
        assert client.get(ADDRESS).status_code == 405


WHAT_COMES = [
    (message("text", text="はい (happy)"), Kind.TEXT, ""),
    (message("sticker", keywords=["OK", "うん"]), Kind.STICKER, "スタンプ（『OK・うん』の意味の絵）"),
    (message("sticker", text="ありがとう", keywords=["x"]), Kind.STICKER, "スタンプ（『ありがとう』と書いてある絵）"),
    (message("sticker"), Kind.STICKER, "スタンプが届きました"),
    (message("location", latitude=35.7, longitude=139.3, address="x"), Kind.PLACE, "位置情報が届きました（窓辺では開いていません）"),
    (event("unsend", unsend={"messageId": "51"}), Kind.UNSENT, "送った人が、前のひとことを取り消しました"),
    (event("follow", replyToken="f", follow={"isUnblocked": False}), Kind.JOINED, "LINEでつながりました（まだ文はありません）"),
    (event("unfollow"), Kind.LEFT, "LINEのつながりがなくなりました（ここからのお返事は届かなくなります）"),
    (event("postback", postback={"data": "x"}), Kind.UNKNOWN, "お便りが届きました（窓辺では開けない形でした）"),
]  # fmt: skip
OF_TOMORROW: list[Any] = [
    event("hologram", hologram={}),
    message("smell", strength=3),
    message("text"),
    message("text", text=" "),
    {"type": "message"},
    {"type": ["message"], "message": 1, "source": "x", "timestamp": "soon"},
    {},
    "words",
    7,
    None,
    [],
    event(message={"type": {"a": 1}, "id": 5}),
    event(message=message("sticker", keywords=[{}, 1])["message"]),
    event(timestamp=10**30, message=message("image", contentProvider=[])["message"]),
]


class TestWhatComes:
    @pytest.mark.parametrize(("brought", "kind", "visible"), WHAT_COMES)
    def test_each_kind_leaves_its_line(
        self, line: Line, above, brought: dict[str, Any], kind: Kind, visible: str
    ):
        assert bring(brought) == 200
        (came,) = above.taken
        assert (came.kind, came.visible_line) == (kind, visible)

    @pytest.mark.parametrize("brought", OF_TOMORROW)
    def test_what_nobody_knows_leaves_a_line_too(self, line: Line, above, brought: Any):
        assert bring(brought, official=False) == 200
        (came,) = above.taken
        assert came.visible_line

    @pytest.mark.parametrize(
        ("kind", "seen", "media_type", "name"),
        [
            ("image", Kind.PICTURE, "image/jpeg", "line.jpg"),
            ("video", Kind.VIDEO, "video/mp4", "line.mp4"),
            ("audio", Kind.SOUND, "audio/mpeg", "line.mp3"),
        ],
    )
    def test_a_picture_a_film_a_voice_come_as_bytes(
        self, line: Line, above, kind: str, seen: Kind, media_type: str, name: str
    ):
        brought = message(kind)
        line.contents[brought["message"]["id"]] = (media_type, b"bytes")
        assert bring(brought) == 200
        (came,) = above.taken
        assert came.kind is seen
        assert [(f.name, f.data, f.media_type) for f in came.files] == [
            (name, b"bytes", media_type)
        ]

    def test_a_file_keeps_its_name(self, line: Line, above):
        brought = message("file", fileName="日記.pdf", fileSize=3)
        line.contents[brought["message"]["id"]] = ("application/pdf", b"pdf")
        bring(brought)
        assert above.taken[0].files[0].name == "日記.pdf"

    def test_a_film_too_large_is_told_of_and_not_fetched(self, line: Line, above):
        assert bring(message("file", fileName="x", fileSize=2**31)) == 200
        assert above.taken[0].visible_line.startswith("ファイルが届きました（大きいため")
        assert line.asked == []

    def test_one_that_turns_out_too_large_is_told_of(self, line: Line, above, monkeypatch):
        brought = message("image")
        line.contents[brought["message"]["id"]] = ("image/png", b"x" * 2_000)
        fetch = receiving.host.fetch_content
        monkeypatch.setattr(
            receiving.host, "fetch_content", lambda i, **more: fetch(i, largest=1_000, **more)
        )
        assert bring(brought) == 200
        assert above.taken[0].visible_line.startswith("写真か絵が届きました（大きいため")
        assert above.taken[0].files == ()

    def test_one_that_is_gone_is_told_of_with_its_number(self, line: Line, above):
        brought = message("image")
        assert bring(brought) == 200
        assert above.taken[0].visible_line.startswith("写真か絵が届きました（中身は")
        assert above.taken[0].letter_id == brought["message"]["id"]

    def test_no_address_of_somebody_else_is_visited(self, line: Line, above):
        elsewhere = {"type": "external", "originalContentUrl": "https://x.example/a.jpg"}
        assert bring(message("image", contentProvider=elsewhere)) == 200
        assert above.taken[0].files == ()
        assert line.asked == []

    @pytest.mark.parametrize(
        "source",
        [{"type": "group", "groupId": "C1", "userId": HANA}, {"type": "room", "roomId": "R1"}],
    )
    def test_what_is_said_in_a_group_is_not_taken_along(self, line: Line, above, source):
        assert bring(message("text", text="よその話") | {"source": source}) == 200
        (came,) = above.taken
        assert (came.text, came.sender) == ("", source.get("groupId") or source.get("roomId"))
        assert came.visible_line.startswith("LINEのグループから")
        assert line.replied == []

    def test_what_is_taken_back_is_named(self, line: Line, above):
        said = message("text", text="きえたい")
        bring(said)
        bring(event("unsend", unsend={"messageId": said["message"]["id"]}))
        assert above.taken[1].answers == (above.taken[0].letter_id,)


class TestOnce:
    def test_a_redelivery_is_not_doubled(self, line: Line, above):
        said = message("text", text="はい")
        assert bring(said) == 200
        assert bring(said | {"deliveryContext": {"isRedelivery": True}}) == 200
        assert len(above.taken) == 1

    def test_one_event_twice_in_one_call_is_not_doubled(self, line: Line, above):
        said = message("text", text="はい")
        assert bring(said, said) == 200
        assert len(above.taken) == 1

    def test_what_is_not_kept_is_asked_for_again_and_the_others_are_not_doubled(
        self, line: Line, above
    ):
        first, second = message("text", text="一"), message("text", text="二")
        above.refuses = 1
        assert bring(first, second) == 503
        assert [one.text for one in above.taken] == ["二"]
        assert bring(first, second) == 200
        assert [one.text for one in above.taken] == ["二", "一"]

    def test_what_breaks_above_is_asked_for_again_and_not_told_in_the_log(
        self, line: Line, above, caplog
    ):
        above.raises = RuntimeError("ひみつの話")
        said = message("text", text="ひみつの話")
        with caplog.at_level(logging.DEBUG):
            assert bring(said) == 503
        assert "RuntimeError" in caplog.text
        assert "ひみつ" not in caplog.text
        above.raises = None
        assert bring(said) == 200
        assert len(above.taken) == 1

    def test_with_nobody_above_line_is_asked_to_come_again(self, line: Line, nobody_above):
        assert bring(message("text", text="はい")) == 503
        assert not Arrival.objects.exists()


class TestTheFirstAnswer:
    def say(self, line: Line, *brought: dict[str, Any]) -> list[str]:
        line.tokens |= {one["replyToken"] for one in brought if "replyToken" in one}
        assert bring(*brought) == 200
        return [one["messages"][0]["text"] for one in line.replied]

    def test_it_says_that_a_read_mark_is_nobodys_reading_and_offers_nothing(
        self, line: Line, above
    ):
        (said,) = self.say(line, event("follow", replyToken="f", follow={"isUnblocked": False}))
        assert "『既読』は自動でつく" in said
        assert "だれかが読んだしるしとはかぎりません" in said
        assert not [word for word in ("http", "登録", "ボタン", "連携", "？") if word in said]
        assert line.pushed == []

    def test_it_makes_no_sound_so_that_a_night_stays_quiet(self, line: Line, above):
        self.say(line, event("follow", replyToken="f", follow={"isUnblocked": False}))
        assert line.replied[0]["notificationDisabled"] is True

    def test_somebody_unknown_hears_it_once_and_somebody_known_never(self, line: Line, above):
        registry.on_first_contact(above.knows)
        first = message("text", text="はい")
        assert len(self.say(line, first)) == 1
        above.known = {HANA}
        assert len(self.say(line, message("text", text="もうひとつ"))) == 1

    def test_a_redelivery_is_not_answered_again(self, line: Line, above):
        registry.on_first_contact(above.knows)
        first = message("text", text="はい")
        self.say(line, first)
        line.tokens.add(first["replyToken"])
        assert bring(first) == 200
        assert len(line.replied) == 1

    def test_whoever_only_writes_and_cannot_be_asked_about_is_left_in_peace(
        self, line: Line, above
    ):
        assert self.say(line, message("text", text="はい")) == []

    def test_a_bot_that_stands_by_is_silent(self, line: Line, above):
        follow = event("follow", replyToken="f", follow={"isUnblocked": False}, mode="standby")
        assert self.say(line, follow) == []

    def test_the_letter_is_kept_even_if_the_answer_does_not_go(self, line: Line, above):
        assert bring(event("follow", replyToken="gone", follow={"isUnblocked": False})) == 200
        assert len(above.taken) == 1

    def test_what_is_not_kept_is_not_answered(self, line: Line, above):
        above.refuses = 1
        line.tokens = {"f"}
        assert bring(event("follow", replyToken="f", follow={"isUnblocked": False})) == 503
        assert line.replied == []
