"""The formats HSDS asks for, checked as strictly as its schemas do: uuid, uri, email, date-time."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
# RFC 3986, from its appendix A: only what stands there may stand in an address
_CHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)"
_USER = r"(?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*@)?"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+\-.]*:(?://{_USER}{_HOST}(?::[0-9]*)?(?:/{_CHAR}*)*|/(?:{_CHAR}+(?:/{_CHAR}*)*)?"
    rf"|{_CHAR}+(?:/{_CHAR}*)*)?(?:\?(?:{_CHAR}|[/?])*)?(?:#(?:{_CHAR}|[/?])*)?"
)
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "!#$%&'()*+,/:;=?@[]~"


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def is_uri(text: str) -> bool:
    """Whether this is an absolute address with no character that RFC 3986 does not know."""
    return _URI.fullmatch(text) is not None


def uri_of(text: str) -> str:
    """This will give an address fit for machines: Japanese letters as %-codes; "" where it is no address."""
    encoded = _PERCENT.sub("%25", quote(text.strip(), safe=_KEPT))
    return encoded if is_uri(encoded) and ":" in encoded[:10] else ""


def moment(text: str) -> datetime | None:
    """This will read an RFC 3339 date-time; None where it is none. What no calendar holds is taken to its edge."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[i]) for i in range(1, 7))
    zone = found[8].upper().replace("Z", "+00:00")
    micro = (found[7] or "")[:6].ljust(6, "0")
    leap = second == 60  # written in RFC 3339, unknown to Python
    try:
        read = datetime.fromisoformat(
            f"{max(year, 1):04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{59 if leap else second:02}.{micro}{zone}"
        )
    except ValueError:
        return None
    try:
        return read.astimezone(UTC)
    except OverflowError:
        edge = (1, 1, 1) if year < 2 else (9999, 12, 31)
        return datetime(*edge, tzinfo=UTC)


def written(at: datetime) -> str:
    """This will write a moment to the microsecond, in UTC: "2026-11-26T06:28:49.120000Z"."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
