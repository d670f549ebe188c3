"""Bytes of a letter as text. Much Japanese mail is not what its header says it is."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

# What mail programs mean by these names holds ①, ㈱ and the like, which the strict sets do not.
_MEANT = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "cp932": "cp932", "x-euc-jp": "euc_jp", "us-ascii": "", "ascii": "", "unknown-8bit": "",
    "default": "", "iso-8859-1": "cp1252", "latin1": "cp1252",
}  # fmt: skip
_NOT_FOR_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7"}
_ESCAPE = re.compile(rb"\x1b(?:\$\(?[@BD]|\([BJI])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_of(data: bytes, charset: str = "") -> str:
    """This will give the text of `data`: by its declared charset, else by what it looks like. Newlines are \\n."""
    text = _decoded(data, charset.strip().strip("\"'").lower())
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def header_text(value: object) -> str:
    """This will give a header's text on one line: encoded words, raw 8-bit bytes and broken ones alike."""
    raw = str(value).encode("utf-8", "surrogateescape")
    if not raw.isascii() or b"\x1b" in raw:
        return _one_line(text_of(raw))
    try:
        parts = decode_header(raw.decode("ascii"))
    except (HeaderParseError, ValueError):
        return _one_line(raw.decode("ascii"))
    return _one_line(
        "".join(
            part if isinstance(part, str) else text_of(part, charset or "")
            for part, charset in parts
        )
    )


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def _decoded(data: bytes, charset: str) -> str:
    if _ESCAPE.search(data):
        return _iso_2022_jp(data)
    named = _MEANT.get(charset, charset)
    for codec in (named, "utf-8", "euc_jp", "cp932"):
        if not codec or codec.replace("-", "_") in _NOT_FOR_TEXT:
            continue
        try:
            codecs.lookup(codec)
            return data.decode(codec)
        except (LookupError, ValueError):  # unknown, not a text codec, or other bytes than it says
            continue
    return data.decode(
        named if named in ("cp932", "euc_jp", "euc-jp", "cp1252") else "utf-8", "replace"
    )


def _iso_2022_jp(data: bytes) -> str:
    """By its escapes, each set read as its wider Windows sister: Python's own codec refuses ① and half-width kana."""
    out, at, mode = [], 0, b"\x1b(B"
    for escape in _ESCAPE.finditer(data):
        out.append(_in_mode(data[at : escape.start()], mode))
        at, mode = escape.end(), escape.group()
    out.append(_in_mode(data[at:], mode))
    return "".join(out)


def _in_mode(data: bytes, mode: bytes) -> str:
    if mode in (b"\x1b(B", b"\x1b(J"):
        return data.decode("cp932", "replace")  # some put raw 8-bit bytes beside the escapes
    if mode == b"\x1b(I":
        return bytes(byte | 0x80 for byte in data).decode("cp932", "replace")
    # A line end is one byte between pairs, where the sender does not return to ASCII first.
    lines = re.split(rb"(\r?\n)", data)
    return "".join(
        line.decode("ascii") if line in (b"\n", b"\r\n") else _two_bytes(line, mode)
        for line in lines
    )


def _two_bytes(data: bytes, mode: bytes) -> str:
    out = bytearray()
    pairs = zip(data[::2], data[1::2], strict=False)
    if mode == b"\x1b$(D":  # JIS X 0212
        for first, second in pairs:
            out += bytes((0x8F, first | 0x80, second | 0x80))
        return out.decode("euc_jp", "replace")
    for first, second in pairs:
        high, low = first & 0x7F, second & 0x7F
        out.append(((high + 1) >> 1) + (0x70 if high < 0x5F else 0xB0))
        out.append(low + (0x7E if high % 2 == 0 else 0x1F if low < 0x60 else 0x20))
    return out.decode("cp932", "replace")
