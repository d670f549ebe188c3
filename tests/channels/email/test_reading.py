"""A letter is read however it was made; whatever it is, it leaves something to see."""

import random
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.channels.email.reading import read_envelope, read_letter
from madobe.channels.rules.incoming import Incoming, Kind

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def letter(text: str | None = "ねむれない日がつづいています。", **headers: str) -> EmailMessage:
    one = EmailMessage()
    given = {
        "From": "はな <hana@example.jp>", "To": "desk@example.jp", "Subject": "はじめまして",
        "Date": "Thu, 26 Nov 2026 02:10:00 +0900", "Message-ID": "<1@example.jp>",
    }  # fmt: skip
    for name, value in (given | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        if value:
            one[name] = value
    if text is not None:
        one.set_content(text)
    return one


def read(one: EmailMessage | bytes) -> Incoming:
    return read_letter(one if isinstance(one, bytes) else one.as_bytes(), at=AT)


class TestWords:
    def test_who_wrote_what_and_how_to_answer(self):
        came = read(letter(In_Reply_To="<our-2@desk>", References="<our-1@desk> <our-2@desk>"))
        assert (came.kind, came.channel, came.at) == (Kind.TEXT, "email", AT)
        assert (came.sender, came.sender_name) == ("hana@example.jp", "はな")
        assert (came.subject, came.text) == ("はじめまして", "ねむれない日がつづいています。")
        assert came.letter_id == "<1@example.jp>"
        assert came.answers == ("<our-2@desk>", "<our-1@desk>")
        assert came.visible_line == ""

    @pytest.mark.parametrize(
        ("codec", "charset"),
        [("iso2022_jp", "ISO-2022-JP"), ("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("cp932", "utf-8")],
    )  # fmt: skip
    def test_an_old_phone_is_read(self, codec: str, charset: str):
        subject, body = "お便り".encode(codec), "はい、元気です".encode(codec)
        raw = (
            b"From: hana@example.jp\r\nSubject: " + subject
            + f"\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
            + body
        )  # fmt: skip
        came = read(raw)
        assert (came.subject, came.text) == ("お便り", "はい、元気です")

    @pytest.mark.parametrize(
        ("header", "name", "address"),
        [
            (b"hana@example.jp", "", "hana@example.jp"),
            (
                b"=?utf-8?B?55Sw5LitLCDjga/jgao=?= <hana@example.jp>",
                "田中, はな",
                "hana@example.jp",
            ),
            ("田中, はな <hana@example.jp>".encode("cp932"), "田中, はな", "hana@example.jp"),
            (
                b'"Hana (home)" <hana..x.@docomo.example.jp>',
                "Hana (home)",
                "hana..x.@docomo.example.jp",
            ),
            (b"=?utf-8?B?44Gv44Gq?=", "はな", ""),
        ],
    )
    def test_who_wrote_is_found_in_any_spelling(self, header: bytes, name: str, address: str):
        came = read(b"From: " + header + b"\nSubject: x\n\nhello")
        assert (came.sender_name, came.sender) == (name, address)

    def test_a_letter_that_is_only_a_page_becomes_words(self):
        one = letter(None)
        one.set_content("<p>はい</p><script>x()</script>", subtype="html")
        assert read(one).text == "はい"

    def test_of_words_and_page_the_words_are_taken(self):
        one = letter("はい")
        one.add_alternative("<p>はい（ページ）</p>", subtype="html")
        assert read(one).text == "はい"

    def test_a_page_is_taken_where_the_words_are_blank(self):
        one = letter(" \n")
        one.add_alternative("<p>はい</p>", subtype="html")
        assert read(one).text == "はい"

    def test_earlier_letters_are_folded(self):
        came = read(
            letter("はい。\n\n2026年11月26日(木) 9:00 窓辺 <desk@example.jp>:\n> まえの話\n")
        )
        assert came.text == "はい。"
        assert came.folded.endswith("> まえの話")

    def test_words_in_the_subject_alone_are_words(self):
        came = read(letter("", Subject="もうつかれました"))
        assert (came.kind, came.text) == (Kind.TEXT, "もうつかれました")

    def test_a_letter_without_anything_leaves_a_line(self):
        came = read(letter("", Subject=""))
        assert came.text == ""
        assert came.visible_line == "文のないお便りが届きました"


class TestFiles:
    def test_a_photo_with_words_goes_along_as_bytes(self):
        one = letter("窓から")
        one.add_attachment(PNG, "image", "png", filename="空.png")
        came = read(one)
        assert came.kind is Kind.TEXT
        assert [(f.name, f.data, f.media_type) for f in came.files] == [
            ("空.png", PNG, "image/png")
        ]

    @pytest.mark.parametrize(
        ("main", "sub", "kind", "line"),
        [
            ("image", "png", Kind.PICTURE, "写真か絵が届きました"),
            ("audio", "mpeg", Kind.SOUND, "声か音が届きました"),
            ("video", "mp4", Kind.VIDEO, "動画が届きました"),
            ("application", "pdf", Kind.FILE, "ファイルが届きました"),
        ],
    )
    def test_a_file_without_words_leaves_a_line(self, main: str, sub: str, kind: Kind, line: str):
        one = letter(None, Subject="")
        one.add_attachment(PNG, main, sub, filename="x")
        came = read(one)
        assert (came.kind, came.visible_line) == (kind, line)

    @pytest.mark.parametrize(
        ("given", "kept"),
        [("../../etc/passwd", "passwd"), ("C:\\写真\\空.png", "空.png"), (".htaccess", "htaccess"), ("", "file.png")],
    )  # fmt: skip
    def test_a_files_name_leads_nowhere(self, given: str, kept: str):
        one = letter("はい")
        one.add_attachment(PNG, "image", "png", filename=given)
        assert read(one).files[0].name == kept

    def test_a_named_text_is_a_file_and_not_said(self):
        one = letter("はい")
        one.add_attachment("日記".encode(), "text", "plain", filename="日記.txt")
        came = read(one)
        assert came.text == "はい"
        assert came.files[0].name == "日記.txt"

    def test_a_forwarded_letter_is_a_file_of_its_own(self):
        one = letter("これを見てください")
        one.add_attachment(letter("内側の話", Message_ID="<inner@x>"))
        came = read(one)
        assert came.text == "これを見てください"
        assert came.files[0].media_type == "message/rfc822"
        assert "<inner@x>" in came.files[0].data.decode()


class TestMachines:
    @pytest.mark.parametrize(
        "header",
        [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<x.jp>"}],
    )
    def test_an_absence_note_or_a_list_is_known_and_not_dropped(self, header: dict[str, str]):
        came = read(letter("ただいま留守です", **header))
        assert came.kind is Kind.AUTOMATIC
        assert came.text == "ただいま留守です"
        assert came.visible_line.startswith("機械からのメール")

    def test_a_letter_that_came_back_tells_which_it_was(self):
        report = MIMEMultipart("report", report_type="delivery-status")
        report["From"] = "MAILER-DAEMON@mail.example.jp"
        report["Message-ID"] = "<report@mail.example.jp>"
        report.attach(MIMEText("The address does not exist.", "plain"))
        returned = EmailMessage()
        returned.set_content(letter("お返事です", Message_ID="<ours@desk>"))
        report.attach(returned)
        came = read(report.as_bytes())
        assert came.kind is Kind.AUTOMATIC
        assert came.answers == ("<ours@desk>",)
        assert came.visible_line == "こちらからのメールが、届かずにもどってきたようです"


class TestTheSame:
    def test_one_letter_delivered_twice_is_the_same(self):
        raw = letter().as_bytes()
        again = b"Return-Path: <hana@example.jp>\nReceived: from b; Thu, 26 Nov 2026\n" + raw
        assert read(raw).foreign_id == read(again.replace(b"\n", b"\r\n")).foreign_id

    def test_two_letters_with_one_message_id_are_two(self):
        assert read(letter("はい")).foreign_id != read(letter("いいえ")).foreign_id
        later = letter("はい", Date="Fri, 27 Nov 2026 02:10:00 +0900")
        assert read(letter("はい")).foreign_id != read(later).foreign_id

    def test_what_it_is_known_by_tells_nothing(self):
        assert "example" not in read(letter()).foreign_id


class TestBroken:
    def test_a_letter_without_a_sender_is_read(self):
        came = read(b"Subject: x\n\nhello")
        assert (came.sender, came.text) == ("", "hello")

    def test_a_sender_that_is_no_address_keeps_its_name(self):
        came = read(letter(From="はな"))
        assert (came.sender, came.sender_name) == ("", "はな")

    def test_parts_without_a_border_are_read_as_words(self):
        assert "hello" in read(b"Content-Type: multipart/mixed\n\nhello").text

    def test_what_nobody_foresaw_is_kept_whole(self, monkeypatch):
        def stumble(_text: str) -> tuple[str, str]:
            raise RuntimeError

        monkeypatch.setattr("madobe.channels.email.reading.fold", stumble)
        raw = letter().as_bytes()
        came = read(raw)
        assert came.kind is Kind.UNKNOWN
        assert came.files[0].data == raw
        assert came.visible_line.startswith("メールが届きました")

    def test_a_letter_of_two_thousand_shells_is_read(self):
        raw = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
        )
        assert read(raw + b"\nhello").visible_line or read(raw + b"\nhello").text

    @given(st.binary(max_size=300))
    def test_no_bytes_are_refused(self, raw: bytes):
        came = read(raw)
        assert came.text or came.visible_line

    def test_no_letter_that_lost_some_bytes_is_refused(self):
        one = letter("はい\n> まえ")
        one.add_alternative("<p>はい", subtype="html")
        one.add_attachment(PNG, "image", "png", filename="空.png")
        one.add_attachment(letter("内側"))
        whole, dice = one.as_bytes(), random.Random(4)
        for _try in range(500):
            raw = bytearray(whole)
            for _bite in range(dice.randrange(1, 6)):
                at = dice.randrange(len(raw))
                raw[at : at + dice.randrange(9)] = dice.randbytes(dice.randrange(4))
            came = read(bytes(raw))
            assert came.text or came.visible_line


def test_of_a_letter_too_large_the_envelope_is_told():
    came = read_envelope(letter().as_bytes().partition(b"\n\n")[0] + b"\n\n", at=AT)
    assert (came.sender, came.subject, came.files) == ("hana@example.jp", "はじめまして", ())
    assert came.visible_line == "大きなメールが届きました（中身は、メールの箱に残してあります）"
