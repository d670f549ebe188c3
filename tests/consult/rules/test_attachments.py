"""Texts, what is not taken at all, and how a kept file is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.attachments import (
    FILE_BYTES,
    TEXT_BYTES,
    Kind,
    NotTaken,
    Reason,
    clean,
    headers_of,
)

WORDS = "きょうは、よく眠れました。\nまた書きます。"


def refused(name: str, data: bytes) -> Reason:
    with pytest.raises(NotTaken) as said:
        clean(name, data)
    return said.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_however_it_was_written(encoding: str, end: str):
    cleaned = clean("本名の日記.TXT", WORDS.replace("\n", end).encode(encoding))
    assert cleaned.data.decode("utf-8") == WORDS
    assert (cleaned.kind, cleaned.name, cleaned.media_type) == (
        Kind.TEXT,
        "文章1.txt",
        "text/plain; charset=utf-8",
    )


def test_a_clean_text_stays_as_it_is():
    once = clean("a.txt", WORDS.encode("cp932"))
    assert clean(once.name, once.data) == once


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a", "a.txt.exe"])
def test_a_text_that_does_not_call_itself_one_is_not_taken(name: str):
    assert refused(name, b"<script>alert(1)</script>") is Reason.NOT_KNOWN


@pytest.mark.parametrize("data", [b"a\0b", b"\x1b[31m", bytes(range(256)), b"\xff\xfea"])
def test_bytes_no_text_holds_are_not_taken(data: bytes):
    assert refused("a.txt", data) is Reason.NOT_KNOWN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"PK\x03\x04" + bytes(40), Reason.OFFICE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), Reason.OFFICE),
        (b"ID3\x04" + bytes(40), Reason.SOUND),
        (b"RIFF\x24\0\0\0WAVEfmt ", Reason.SOUND),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", Reason.SOUND),
        (b"\0\0\0\x20ftypisom\0\0\0\0", Reason.FILM),
        (b"\x1aE\xdf\xa3" + bytes(40), Reason.FILM),
        (b"\0\0\0\x1cftypavif\0\0\0\0", Reason.HEIC),
        (b"MZ\x90\0" + bytes(40), Reason.NOT_KNOWN),
        (b"II*\0\x08\0\0\0", Reason.NOT_KNOWN),
    ],
)
def test_what_is_not_taken_is_known_by_its_bytes(data: bytes, reason: Reason):
    assert refused("photo.jpg", data) is reason


def test_eight_megabytes_are_the_end():
    assert refused("a.txt", b"a" * (FILE_BYTES + 1)) is Reason.TOO_BIG
    assert refused("a.txt", b"a" * (TEXT_BYTES + 1)) is Reason.TOO_BIG
    assert len(clean("a.txt", b"a" * TEXT_BYTES).data) == TEXT_BYTES


def is_kept_or_not_taken(name: str, data: bytes) -> bool:
    try:
        return bool(clean(name, data).data)
    except NotTaken as said:
        return said.reason in Reason


@given(
    st.sampled_from(["a.txt", "a.jpg", ""]),
    st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n"]
    ),
    st.binary(max_size=300),
)
def test_whatever_the_bytes_are_it_is_kept_or_not_taken(name: str, start: bytes, rest: bytes):
    assert is_kept_or_not_taken(name, start + rest)


# --- showing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(Kind))
def test_a_shown_file_is_sealed_off(kind: Kind):
    headers = headers_of(kind)
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_only_a_picture_is_shown_in_the_page():
    ways = {kind: headers_of(kind)["Content-Disposition"] for kind in Kind}
    assert ways == {Kind.PICTURE: "inline", Kind.PAPER: "attachment", Kind.TEXT: "attachment"}


def test_the_name_goes_along_in_ascii():
    said = headers_of(Kind.PAPER, "書類1.pdf")["Content-Disposition"]
    assert said == "attachment; filename*=UTF-8''%E6%9B%B8%E9%A1%9E1.pdf"
