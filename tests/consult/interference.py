"""Two who write from one home, and a desk that answers both: what one of them is shown, with and without the other.

A script is drawn from a number: who does what at which minute. It is played once by both and once by each alone, the
clock standing at the same minutes and each side drawing its random bytes from a source of its own; then every byte a
side was shown, headers and neutral notices among it, must be the same (trust.md G33).
"""

import contextlib
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from unittest import mock
from uuid import uuid4

import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from madobe.audit.models import AuditEvent
from madobe.audit.queries import events_of, latest_link
from madobe.consult.actions import upkeep
from madobe.consult.actions.staff import answers, holding, marks, notes, reading
from madobe.consult.actions.staff.errors import StaffRefusal
from madobe.consult.models import Consultation, Tombstone
from madobe.consult.queries import looks as queries_of_looks
from madobe.consult.reach import NotOpenedHere, NotReached
from madobe.consult.rules.flood import Counters
from madobe.consult.rules.noted import Noted
from madobe.consult.staff_choices import ClosingKind, Visibility
from madobe.consult.thread import NoSuchThread, find_thread
from madobe.consult.times import day_of
from madobe.consult.views.seeker import flood
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant
from madobe.vault.rules.receipts import read_receipt
from tests.factories.answering import Person, people
from tests.factories.desk import AT, World

PERSON, FAMILY, DESK = "person", "family", "desk"
STEPS = 7  # of each side
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_WORDS = re.compile(r'id="words">(.*?)</div>', re.DOTALL)
_FILE = re.compile(r'value="(file[^"]+)"')
_TAGS = re.compile(r"<[^>]+>")
_SAID = (
    "眠れません。",
    "きょうは少し歩けました。",
    "もう死にたいです。",
    "家族のことで書いています。",
    "ありがとう。",
    "あ",
)

MINE = (
    "open",
    "open",
    "reply",
    "reply",
    "poll",
    "rest",
    "another",
    "contact",
    "aside",
    "slip",
    "looks",
    "looks",
    "words",
    "erase",
    "wrong",
)
THEIRS = (
    "answer",
    "answer",
    "read",
    "note",
    "give_back",
    "close",
    "later",
)  # of the desk, in this side's thread


@dataclass(frozen=True)
class Step:
    """`at`: when; `side`: whose; `act`: a method of `Side`, or an upkeep of the desk; `say`: text and choices."""

    at: datetime
    side: str
    act: str
    say: str = ""
    number: int = 0


def script(seed: int) -> list[Step]:
    """What happens, in order. The upkeep of the desk comes round whoever is there."""
    drawn = random.Random(seed)  # noqa: S311
    steps = []
    for side in (PERSON, FAMILY):
        at = AT + timedelta(minutes=drawn.randrange(60))
        steps.append(
            Step(
                at,
                side,
                drawn.choice(("first", "first", "aside_first")),
                drawn.choice(_SAID),
                drawn.randrange(4),
            )
        )
        for _ in range(STEPS):
            at += timedelta(minutes=drawn.choice((0, 1, 7, 40, 900, 3000)))
            steps.append(
                Step(at, side, drawn.choice(MINE + THEIRS), drawn.choice(_SAID), drawn.randrange(4))
            )
    last = max(one.at for one in steps)
    steps += [Step(AT + timedelta(hours=hours), DESK, "upkeep") for hours in range(0, 400, 37)]
    return sorted((one for one in steps if one.at <= last), key=lambda one: one.at)  # fmt: skip


class Source:
    """Random bytes that are the same for the same side, whoever else draws some in between."""

    def __init__(self, seed: int) -> None:
        self.sides = {side: random.Random(f"{seed} {side}") for side in (PERSON, FAMILY, DESK)}  # noqa: S311
        self.side = DESK

    def draw(self, size: int = 32) -> bytes:
        return self.sides[self.side].randbytes(size)

    @contextlib.contextmanager
    def everywhere(self) -> Iterator[None]:
        """Ids, keys and nonces come from here for a while."""
        with (
            mock.patch.object(os, "urandom", self.draw),
            mock.patch.object(random, "_urandom", self.draw),
            mock.patch("nacl.bindings.randombytes", self.draw),
        ):
            yield


@dataclass
class Side:
    """One who writes; everything they were ever shown is in `shown`."""

    name: str
    hands: tuple[Person, Person]
    client: Client = field(default_factory=Client)
    words: str = ""
    token: str = ""
    shown: list[tuple[object, ...]] = field(default_factory=list)

    def ask(self, **fields: Any) -> None:
        """A press of a button; what comes back is noted."""
        self._note(self.client.post("/ja/talk/", fields))

    def _note(self, answer: Any) -> None:
        headers = tuple(sorted((name, str(value)) for name, value in answer.headers.items()))
        self.shown.append((answer.status_code, headers, answer.content, str(answer.cookies)))
        page = answer.content.decode(errors="replace")  # it may be a picture
        if found := _TOKEN.search(page):
            self.token = found[1]
        if found := _WORDS.search(page):
            self.words = " ".join(_TAGS.sub(" ", found[1]).split())

    def first(self, step: Step, go: str = "send") -> None:
        self._note(self.client.get("/ja/talk/"))
        about = {PERSON: "self", FAMILY: "family"}[self.name]
        more: dict[str, Any] = {"who": about, "notice_to": f"{self.name}@example.jp"}
        if step.number == 1:
            more["sent_files"] = [SimpleUploadedFile("a.png", _picture(), "image/png")]
        self.ask(token=self.token, text=step.say, go=go, **more)

    def aside_first(self, step: Step) -> None:
        self.first(step, "aside_first")

    def open(self, step: Step) -> None:
        self.ask(go="words", words=self.words)
        for go in dict.fromkeys(_FILE.findall(str(self.shown[-1][2]))):
            self.ask(token=self.token, go=go)

    def wrong(self, step: Step) -> None:
        self.ask(go="words", words="ひかり " + self.words.partition(" ")[2])

    def poll(self, step: Step) -> None:
        tag = ""
        for _ in range(2):  # the second time nothing is new
            headers = {"x-madobe-thread": self.token} | ({"if-none-match": tag} if tag else {})
            answer = self.client.get("/talk/poll", headers=headers)
            tag = answer.headers.get("ETag", "")
            self._note(answer)

    def _in_thread(self, go: str, **fields: Any) -> None:
        self.ask(token=self.token, words=self.words, go=go, **fields)

    def reply(self, step: Step) -> None:
        self._in_thread("reply", text=f"{step.say}{step.number}")

    def rest(self, step: Step) -> None:
        self._in_thread("rest")

    def another(self, step: Step) -> None:
        self._in_thread("another")
        self._in_thread("another", change="person")

    def contact(self, step: Step) -> None:
        keep = ("year", "three_months", "until_erased", "year")[step.number]
        self._in_thread("contact")
        self._in_thread("contact_change", call_me=step.say, keep=keep)

    def aside(self, step: Step) -> None:
        self._in_thread("aside", text=step.say)

    def slip(self, step: Step) -> None:
        self._in_thread("slip")

    def looks(self, step: Step) -> None:
        self._in_thread("looks")

    def words_again(self, step: Step) -> None:
        self._in_thread("keep_words")

    def erase(self, step: Step) -> None:
        self._in_thread("erase")
        if step.number:
            self._in_thread("erase_now")

    # --- what the desk does in this thread --------------------------------------------------------

    def by_the_desk(self, step: Step) -> None:
        """Something staff do; what they may not do just now is left."""
        try:
            thread = find_thread(secret=read_receipt(self.words).secret, on=day_of(step.at)).thread
        except NoSuchThread:
            return
        hand = self.hands[step.number % 2].hand
        who: dict[str, Any] = {"hand": hand, "thread_id": thread.pk, "at": step.at}
        with contextlib.suppress(StaffRefusal, NotReached, NotOpenedHere):
            if step.act == "answer":
                reading.read_thread(**who)
                holding.claim(**who)
                answers.reply(**who, draft=answers.Draft(uuid4(), thread.messages_count, step.say))
            elif step.act == "read":
                reading.read_thread(**who)
            elif step.act == "note":
                notes.add_note(**who, visibility=Visibility.DESK, noted=Noted(facts=step.say))
            elif step.act == "give_back":
                holding.give_back(**who)
            elif step.act == "close":
                marks.close(**who, kind=ClosingKind.SILENT, helped="")
            elif step.act == "later":
                answers.answer_later(
                    **who, message=uuid4(), day=day_of(step.at + timedelta(days=2))
                )


def play(world: World, seed: int, *, sides: tuple[str, ...] = (PERSON, FAMILY)) -> dict[str, Side]:
    """Play a script by some of its sides, on a desk nobody has written to yet; gives what each was shown."""
    forget_everything()
    source = Source(seed)
    played = {side: Side(side, people(world)) for side in sides}
    own_memory = mock.patch.object(flood, "_counters", Counters(bytes(32)))  # of floods
    with source.everywhere(), own_memory, _own_trail():
        for step in script(seed):
            source.side = step.side
            if step.side == DESK:
                upkeep.renew_promises(step.at)
                upkeep.let_go(step.at)
            elif step.side in played:
                with time_machine.travel(step.at, tick=False):
                    side = played[step.side]
                    act = (
                        side.by_the_desk
                        if step.act in THEIRS
                        else getattr(side, ACTS.get(step.act, step.act))
                    )
                    act(step)  # fmt: skip
    for side, who in played.items():
        sent = [one for one in mail.outbox if f"{side}@example.jp" in one.to]
        who.shown += [("mail", one.subject, one.body, one.from_email) for one in sent]
    return played


@contextlib.contextmanager
def _own_trail() -> Iterator[None]:
    """Nothing is ever taken out of the trail, and a thread has the same id in each play: only this play's rows are read."""
    before, _ = latest_link()

    def since(**given: str) -> list[AuditEvent]:
        return [one for one in events_of(**given) if one.number > before]

    with mock.patch.object(queries_of_looks, "events_of", since):
        yield


ACTS = {"words": "words_again"}


_loaded: list[object] = []


def differences(world: World, seed: int) -> list[str]:
    """What one side was shown that it would not have been shown without the other; [] where nothing crosses."""
    if not _loaded:  # what a process draws once, when it loads something, is nobody's doing
        _loaded.append(play(world, seed))
    both = play(world, seed)
    found = []
    for side in (PERSON, FAMILY):
        alone, beside = play(world, seed, sides=(side,))[side].shown, both[side].shown
        found += [
            f"{seed} {side} {number}"
            for number, (one, other) in enumerate(zip(alone, beside, strict=False))
            if one != other
        ]
        if len(alone) != len(beside):
            found.append(f"{seed} {side}: {len(alone)} against {len(beside)}")
    return found


def forget_everything() -> None:
    """Empty the desk; its people and keys stay."""
    for model in (Consultation, Tombstone, Grant, ShredKey):
        model._base_manager.all().delete()
    mail.outbox = []


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), (200, 180, 120)).save(out, "PNG")
    return out.getvalue()
