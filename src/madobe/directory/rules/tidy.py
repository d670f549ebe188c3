"""What many hands typed, in one form: names, telephone numbers, addresses of pages, numbers of companies.

Each either gives a form nobody can doubt, or "" and leaves it to the caller to say so.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

_DASHES = re.compile("[‐‑‒–—―−－ｰ]")
_DOTS = re.compile("[。．｡]")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)  # fmt: skip
_MOBILE = ("050", "070", "080", "090")
LONGEST_URL = 500


def tidy(text: str) -> str:
    """This will give one line in one width, without outer, doubled and control characters."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def key_of(text: str) -> str:
    """This will give what two spellings of one name share: no width, no gaps, one dash, small letters."""
    return _DASHES.sub("-", tidy(text)).replace(" ", "").casefold()


def phone_number(written: str) -> str:
    """This will give a Japanese number that can be dialled, hyphens as written or where they are certain; or ""."""
    text = _DASHES.sub("-", tidy(written)).replace(" ", "")
    text = re.sub(r"^\((0\d+)\)-?", r"\1-", text)
    if re.fullmatch(r"[0-9-]+", text) is None:
        return ""
    digits = text.replace("-", "")
    if len(digits) != (11 if digits.startswith((*_MOBILE, "0800")) else 10) or digits[0] != "0":
        return ""
    if re.fullmatch(r"0\d{1,4}-\d{1,4}-\d{4}|0\d{3}-\d{3}-\d{3}", text):
        return text
    if digits.startswith(_MOBILE) and not digits.startswith("0800"):
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if digits.startswith(("0120", "0570")):
        return f"{digits[:4]}-{digits[4:7]}-{digits[7:]}"
    return digits


def web_address(written: str) -> str:
    """This will give an http(s) address every browser and every checker takes, or "".

    Wide letters and names in Japanese become what a browser makes of them; spaces inside, several different
    addresses, a mail address, a missing host and a long vowel sign for a hyphen are doubt.
    """
    said = set(unicodedata.normalize("NFKC", written).split())
    if len(said) != 1:
        return ""
    try:
        parts = urlsplit(said.pop())
        host = _DOTS.sub(".", parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one
        return ""
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return ""
    if _HOST.fullmatch(host) is None or re.search("[a-z0-9][ー‐−][a-z0-9]", parts.netloc, re.I):
        return ""
    path, query, fragment = (quote(part, safe="/%:@!$&'()*+,;=?~-._") for part in parts[2:5])
    address = urlunsplit((parts.scheme.lower(), host + port, path, query, fragment))
    return address if len(address) <= LONGEST_URL else ""


def corporate_number(written: str) -> str:
    """This will give thirteen digits whose first is the check digit (法人番号の指定等に関する省令), or ""."""
    digits = tidy(written)
    if re.fullmatch(r"[0-9]{13}", digits) is None:
        return ""
    weighed = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits[1:])))
    return digits if int(digits[0]) == 9 - weighed % 9 else ""


def kana(written: str) -> str:
    """This will give a reading in hiragana, or "" where a character was lost."""
    text = unicodedata.normalize("NFC", tidy(written.replace("゛", "\u3099")))
    return "" if "\ufffd" in text else text
