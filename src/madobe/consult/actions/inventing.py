"""Invented letters for a demo: nobody wrote them, and everybody may know their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from madobe.consult.actions.seeker.letters import Letter, receive_letter
from madobe.consult.actions.staff.answers import Draft, reply
from madobe.consult.actions.staff.holding import claim
from madobe.consult.reach import Hand
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.crisis import read_danger
from madobe.desks.queries import receiving_desk
from madobe.vault.rules.receipt_keys import SECRET
from madobe.vault.rules.receipts import Receipt


@dataclass(frozen=True)
class Invented:
    """A letter nobody wrote, so many days ago; `answer`: what was answered the day after, if anything."""

    days: int
    text: str
    who: str = ""
    wishes: tuple[str, ...] = ()
    contact: Contact = Contact()
    answer: str = ""


MARK = "（見本です）"  # beneath each: nobody takes an invented letter for a real one
LETTERS = (
    Invented(
        2, "息子が三年、部屋からほとんど出ません。ごはんは部屋の前に置いています。夜中にすみません。"
        "わたしが声をかけすぎたのかもしれません。", "family", ("family",),
        Contact(call_me="みどりの母", no_phone=True, must_not_know="息子"),
        "書いてくださって、ありがとうございます。三年のあいだ、毎日ごはんを用意してこられたのですね。ご家族だけのせいではありません。"
        "よければ、いまお家の中で、声をかわす時があるか、教えてください。ここまででもかまいません。",
    ),
    Invented(1, "昼と夜が逆になって、人と話すのがこわいです。話だけ聞いてほしいです。", "self", ("listen",)),
    Invented(0, "もう消えてしまいたいと思う夜があります。今夜もそうです。", "self"),
    Invented(0, "となりの家の方を、長く見かけません。わたしが何かしてもよいものでしょうか。", "friend", ("where",)),
)  # fmt: skip


def words_of_letter(number: int) -> str:
    """This will give the words of an invented letter, from 0: the same in every demo."""
    return " ".join(Receipt(_secret(number)).words)


def invent_letters(*, desk_id: UUID, hand: Hand, at: datetime) -> Sequence[UUID]:
    """This will have the invented letters arrive at an invented desk, and `hand` answer the first. Gives their threads."""
    threads = []
    for number, one in enumerate(LETTERS):
        arrived = at - timedelta(days=one.days)
        desk = receiving_desk(at=arrived, desk_id=desk_id)
        if desk is None or not desk.is_invented:
            continue
        letter = Letter(one.text, one.who, one.wishes, one.contact, danger=read_danger(one.text))
        received = receive_letter(
            letter=letter,
            secret=_secret(number),
            message=UUID(bytes=_drawn(b"message", number, 16), version=4),
            desk=desk,
            at=arrived,
        )
        threads.append(received.case)
        if one.answer:
            answered = arrived + timedelta(days=1)
            claim(hand=hand, thread_id=received.case, at=answered)
            draft = Draft(UUID(bytes=_drawn(b"answer", number, 16), version=4), 1, one.answer)
            reply(hand=hand, thread_id=received.case, draft=draft, at=answered)
    return threads


def _secret(number: int) -> bytes:
    return _drawn(b"secret", number, SECRET)


def _drawn(what: bytes, number: int, size: int) -> bytes:
    return blake2b(b"madobe demo " + what + bytes([number]), digest_size=size).digest()
