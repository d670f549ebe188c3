"""The one gate: whether something may go to somebody by a way, to an address, at a minute (trust.md T9, G25, E19)."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Final

from madobe.channels.quiet import QUIET_FROM, QUIET_UNTIL, may_send_now
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.doors.wishes import DoorsWished

CARRIES_WORDS: Final = ("email", "line", "letter")
BY_TELEPHONE: Final = "phone"


class Refusal(StrEnum):
    """Why nothing goes out. The pages say it in a sentence."""

    NOT_THIS_WAY = "not_this_way"  # no such way carries words
    NO_ADDRESS = "no_address"
    NO_PHONE = "no_phone"
    NO_LETTER = "no_letter"
    UNSAFE_WAY = "unsafe_way"
    UNSAFE_PLACE = "unsafe_place"
    NOT_CHOSEN = "not_chosen"  # they neither wrote by it nor chose it
    LEFT = "left"  # they left the channel
    WAY_IS_OFF = "way_is_off"  # the desk does not use it
    QUIET = "quiet"
    SHOWS_A_PLACE = "shows_a_place"  # the text holds an address that is not safe


@dataclass(frozen=True)
class Reachable:
    """Everything the gate asks about somebody. Its repr shows nothing of it."""

    contact: Contact = field(default=Contact(), repr=False)
    wishes: DoorsWished = field(default=DoorsWished(), repr=False)
    ways_on: frozenset[str] = frozenset(CARRIES_WORDS) | {BY_TELEPHONE}
    desk_quiet: tuple[time, time] = (QUIET_FROM, QUIET_UNTIL)


@dataclass(frozen=True)
class Address:
    """Where it would go. `wrote_by`: they write from there themselves. `wrote_at`: when last, if that is known."""

    value: str = field(repr=False)
    wrote_by: bool = False
    is_gone: bool = False
    wrote_at: datetime | None = None


def may_send(
    who: Reachable,
    way: str,
    address: Address,
    at: datetime,
    *,
    by_hand: bool = False,
    text: str = "",
) -> Refusal | None:
    """This will give None when it may go out, else the first reason why not.

    `way`: a code of Door. `by_hand`: a counsellor sends it now, which by night is for whoever wrote within the hour.
    A letter on paper rings nobody out of bed: for it there are no quiet hours.
    """
    refusal = never(who, way, address, text=text)
    if refusal is None and way != "letter":
        quiet_from, quiet_until = who.wishes.quiet(who.desk_quiet)
        if not may_send_now(
            at, quiet_from, quiet_until, by_hand=by_hand, wrote_at=address.wrote_at
        ):
            return Refusal.QUIET
    return refusal


def may_tell(who: Reachable, address: Address, at: datetime) -> Refusal | None:
    """This will give the same for a notice without content, to the mail address somebody gave for it.

    Whether the desk answers by mail makes no difference to it.
    """
    return may_send(replace(who, ways_on=who.ways_on | {"email"}), "email", address, at)


def never(who: Reachable, way: str, address: Address, *, text: str = "") -> Refusal | None:
    """This will give why nothing may go there at whatever hour; the first half of `may_send`, for a page to show."""
    return _by_wish(who, way, address) or _by_place(who, address, text)


def shows(text: str, place: str) -> bool:
    """This will tell whether a text holds an address or number, however it is spelt: kana, widths, hyphens, breaks."""
    wanted = folded(place)
    return bool(wanted) and any(
        one in folded(text) for one in (wanted, _inland(wanted), _abroad(wanted)) if one
    )


def folded(text: str) -> str:
    """This will give a text without everything that makes the same address look different."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(
        chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else _DIGITS.get(sign, sign) for sign in wide
    )
    return _BETWEEN.sub("", plain)


_DIGITS: Final = {**dict(zip("〇一二三四五六七八九", "0123456789", strict=True)), "零": "0"}
# Anything that may stand between two signs of an address; the @ and the dots of a mail address are read without.
_BETWEEN: Final = re.compile(
    r"[\s\-‐‑‒–—―−ー~〜・.,、。()\[\]{}「」『』/／:：;@+_'\"\u200b-\u200f\u2060\ufeff\u00ad]+|番地|丁目|番|号|の"
)


def _inland(number: str) -> str:
    """81 42 … is 042 … ."""
    return f"0{number[2:]}" if number.isdigit() and number.startswith("81") else ""


def _abroad(number: str) -> str:
    return f"81{number[1:]}" if number.isdigit() and number.startswith("0") else ""


def _by_wish(who: Reachable, way: str, address: Address) -> Refusal | None:
    rules = (
        (way not in (*CARRIES_WORDS, BY_TELEPHONE), Refusal.NOT_THIS_WAY),
        (way not in who.ways_on, Refusal.WAY_IS_OFF),
        (way == BY_TELEPHONE and who.contact.no_phone, Refusal.NO_PHONE),
        (way == "letter" and who.contact.no_letter, Refusal.NO_LETTER),
        (way in who.wishes.unsafe_ways, Refusal.UNSAFE_WAY),
        (not address.value.strip(), Refusal.NO_ADDRESS),
        (address.is_gone, Refusal.LEFT),
        (not address.wrote_by and way not in who.wishes.chosen, Refusal.NOT_CHOSEN),
    )
    return next((refusal for holds, refusal in rules if holds), None)


def _by_place(who: Reachable, address: Address, text: str) -> Refusal | None:
    for place in who.wishes.unsafe_places:
        if shows(address.value, place):
            return Refusal.UNSAFE_PLACE
        if shows(text, place):
            return Refusal.SHOWS_A_PLACE
    return None
