"""Random things that might go out to random people, and what a plain reading of their wishes says of them.

The reading here is written anew, from trust.md (T9, G25, E19), and knows nothing of the gate.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from madobe.consult.rules.contact import Contact
from madobe.consult.rules.doors.gate import Address, Reachable
from madobe.consult.rules.doors.wishes import DoorsWished

WAYS = ("email", "line", "letter", "phone", "web", "visit")
PLACES = {  # as it was said -> how it may be written elsewhere
    "042-000-1122": ("0420001122", "０４２−０００−１１２２", "042 000\n1122", "+81-42-000-1122", "〇四二〇〇〇一一二二"),
    "kazoku@example.jp": ("Kazoku@Example.JP", "ｋａｚｏｋｕ@example.jp", "kazoku@\nexample.jp", " kazoku@example.jp "),
    "みほん町3-4-5 コーポまど": ("ミホン町３－４－５コーポマド", "みほん町 3丁目4番5号 ｺｰﾎﾟまど", "みほん町3-4-5\nコーポ まど"),
}  # fmt: skip
HARMLESS = ("042-999-8877", "hana@example.jp", "べつの町1-2-3", "")


@dataclass(frozen=True)
class Output:
    """One thing that might go out."""

    who: Reachable
    way: str
    address: Address
    at: datetime
    by_hand: bool
    text: str
    unsafe: tuple[str, ...]  # how each unsafe place is written in this output, if it is
    quiet: tuple[time, time]


def outputs(count: int, seed: int = 1):
    """Give that many, the same for the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        yield _one(draw)


def _one(draw: random.Random) -> Output:
    unsafe = draw.sample(sorted(PLACES), draw.choice((0, 0, 1, 2)))
    spelt = [draw.choice((place, *PLACES[place])) for place in unsafe]
    value = draw.choice((*HARMLESS, *HARMLESS, *spelt) if draw.random() < 0.8 else HARMLESS[:3])
    text = "こんにちは。" + (draw.choice(spelt) if spelt and draw.random() < 0.3 else "") + "では。"
    own = draw.random() < 0.4
    quiet = (time(draw.randrange(24)), time(draw.randrange(24))) if own else (time(21), time(9))
    wishes = DoorsWished(
        unsafe_ways=tuple(draw.sample(WAYS, draw.choice((0, 0, 1, 2)))),
        unsafe_places=tuple(unsafe),
        chosen=tuple(draw.sample(WAYS, draw.choice((0, 1, 2)))),
        quiet_from=quiet[0].strftime("%H:%M") if own else "",
        quiet_until=quiet[1].strftime("%H:%M") if own else "",
    )
    at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(525_600))
    ago = draw.choice((None, 5, 55, 60, 61, 600))
    contact = Contact(no_phone=draw.random() < 0.3, no_letter=draw.random() < 0.3)
    on = frozenset(way for way in WAYS[:4] if draw.random() < 0.85)
    address = Address(
        value,
        wrote_by=draw.random() < 0.6,
        is_gone=draw.random() < 0.1,
        wrote_at=None if ago is None else at - timedelta(minutes=ago),
    )
    held = tuple(one for one in spelt if one in value or one in text)
    return Output(
        who=Reachable(contact, wishes, on),
        way=draw.choice(WAYS[:4]) if draw.random() < 0.9 else draw.choice(WAYS),
        address=address,
        at=at,
        by_hand=draw.random() < 0.7,
        text=text,
        unsafe=held,
        quiet=quiet,
    )


def may_go(one: Output) -> bool:
    """What the wishes say, read plainly."""
    if one.unsafe or one.way in one.who.wishes.unsafe_ways or not one.address.value:
        return False
    if one.way not in ("email", "line", "letter", "phone") or one.way not in one.who.ways_on:
        return False
    if (one.way == "phone" and one.who.contact.no_phone) or (one.way == "letter" and one.who.contact.no_letter):  # fmt: skip
        return False
    if one.address.is_gone or not (one.address.wrote_by or one.way in one.who.wishes.chosen):
        return False
    return one.way == "letter" or not _is_night(one) or _answers_within_the_hour(one)


def _is_night(one: Output) -> bool:
    japan = (one.at + timedelta(hours=9)).time().replace(tzinfo=None)
    begins, ends = one.quiet
    if begins == ends:
        return False
    if begins < ends:
        return begins <= japan < ends
    return not ends <= japan < begins


def _answers_within_the_hour(one: Output) -> bool:
    wrote = one.address.wrote_at
    return one.by_hand and wrote is not None and one.at - wrote <= timedelta(hours=1)
