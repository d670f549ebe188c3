"""By which ways and at what hours somebody can be reached safely, as it is sealed beside their thread."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from itertools import product
from typing import Any, Final


@dataclass(frozen=True)
class CallBack:
    """A wish to be called: when in their words, and what they agreed to. "" = they did not wish to be called."""

    when: str = ""
    message_ok: bool = False  # a message may be left with whoever answers, or on a machine
    withheld_ok: bool = False  # a call from a withheld number is answered


@dataclass(frozen=True, repr=False)
class DoorsWished:
    """All may stay empty. `unsafe_ways`: codes of Door. `unsafe_places`: addresses and numbers, as they were said.

    `chosen`: ways the person chose to be answered by, besides those they write by. `quiet`: two times of day, "" = the
    desk's own. `joined`: the threads that were put into this one. `writer`: a code of Who, as staff noted it.
    """

    unsafe_ways: tuple[str, ...] = ()
    unsafe_places: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    quiet_from: str = ""
    quiet_until: str = ""
    call_back: CallBack = CallBack()
    joined: tuple["Joined", ...] = ()
    writer: str = ""

    def quiet(self, desk: tuple[time, time]) -> tuple[time, time]:
        """This will give the hours in which nothing is sent: theirs, or else the desk's."""
        if not self.quiet_from or not self.quiet_until:
            return desk
        return time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)


@dataclass(frozen=True, repr=False)
class Joined:
    """A thread that was put into this one, so that it can be taken out again. Sealed: no column tells of two threads.

    `home`: its id. `before`: what was noted here until then, `theirs`: there. `brought`: ids of the rows that came over,
    `ended`: of notes of danger that ended because one alone can stand open.
    """

    home: str
    before: DoorsWished = DoorsWished()
    theirs: DoorsWished = DoorsWished()
    brought: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    was_urgent: bool = False


def merged(here: DoorsWished, other: DoorsWished) -> DoorsWished:
    """This will give what holds where two threads of one person become one: nothing unsafe is forgotten."""
    quiet_from, quiet_until = _both_quiet(here, other)
    return DoorsWished(
        unsafe_ways=_with(here.unsafe_ways, other.unsafe_ways),
        unsafe_places=_with(here.unsafe_places, other.unsafe_places),
        chosen=_with(here.chosen, other.chosen),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        call_back=_both_call_backs(here.call_back, other.call_back),
        joined=(*here.joined, *other.joined),
        writer=here.writer or other.writer,
    )


def taken_apart(now: DoorsWished, joined: Joined) -> tuple[DoorsWished, DoorsWished]:
    """This will give what holds here and there again; what was noted in between holds for both."""
    before, theirs = joined.before, joined.theirs
    then = merged(before, theirs)
    here, there = _only(now, before, theirs), _only(now, theirs, before)
    if (now.quiet_from, now.quiet_until) == (then.quiet_from, then.quiet_until):
        here = replace(here, quiet_from=before.quiet_from, quiet_until=before.quiet_until)
        there = replace(there, quiet_from=theirs.quiet_from, quiet_until=theirs.quiet_until)
    if now.call_back == then.call_back:
        here = replace(here, call_back=before.call_back)
        there = replace(there, call_back=theirs.call_back)
    if now.writer == then.writer:
        here, there = replace(here, writer=before.writer), replace(there, writer=theirs.writer)
    rest = tuple(one for one in now.joined if one.home != joined.home)
    return replace(here, joined=rest), replace(there, joined=())


def _with(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _only(now: DoorsWished, own: DoorsWished, foreign: DoorsWished) -> DoorsWished:
    """Without what the other side alone had said."""
    kept: dict[str, Any] = {
        name: tuple(
            one
            for one in getattr(now, name)
            if one in getattr(own, name) or one not in getattr(foreign, name)
        )
        for name in _LISTS
    }
    return replace(now, **kept)


def _both_quiet(here: DoorsWished, other: DoorsWished) -> tuple[str, str]:
    """The shortest span of hours that holds both; own hours stand before those of the desk."""
    spans = [(one.quiet_from, one.quiet_until) for one in (here, other) if one.quiet_until]
    spans = [span for span in dict.fromkeys(spans) if all(span)]
    real = [span for span in spans if span[0] != span[1]]  # two equal hours: none is quiet
    if len(real) < 2:
        return (real or spans or [("", "")])[0]
    whole = [
        span
        for span in product([one[0] for one in real], [one[1] for one in real])
        if all(_minutes(span[0], one[0]) + _minutes(*one) <= _minutes(*span) for one in real)
    ]
    return min(whole, key=lambda span: _minutes(*span), default=("00:00", "23:59"))


def _minutes(begin: str, end: str) -> int:
    first, last = time.fromisoformat(begin), time.fromisoformat(end)
    return (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % (24 * 60)


def _both_call_backs(here: CallBack, other: CallBack) -> CallBack:
    if not (here.when and other.when):
        return here if here.when else other
    return CallBack(
        "／".join(dict.fromkeys((here.when, other.when))),
        here.message_ok and other.message_ok,
        here.withheld_ok and other.withheld_ok,
    )


_LISTS: Final = ("unsafe_ways", "unsafe_places", "chosen")


def dumped(wishes: DoorsWished) -> bytes:
    """This will give it as bytes to seal."""
    said = {name: value for name, value in asdict(wishes).items() if value}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def loaded(plain: bytes) -> DoorsWished:
    """This will read it; what a later release wrote besides is left aside."""
    return _wishes(json.loads(plain))


def _wishes(stored: Mapping[str, Any]) -> DoorsWished:
    said = _known(DoorsWished, stored)
    for name in _LISTS:
        said[name] = tuple(said.get(name, ()))
    back = CallBack(**_known(CallBack, said.pop("call_back", {})))
    joined = tuple(_joined(one) for one in said.pop("joined", ()))
    return DoorsWished(**said, call_back=back, joined=joined)


def _joined(stored: Mapping[str, Any]) -> Joined:
    said = _known(Joined, stored)
    for name in ("before", "theirs"):
        said[name] = _wishes(said.get(name, {}))
    for name in ("brought", "ended"):
        said[name] = tuple(said.get(name, ()))
    return Joined(**said)


def _known(kind: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in stored.items() if name in names}


@dataclass(frozen=True, repr=False)
class Linked:
    """How the person said that a way is to be linked, and the thread (its id) it goes back to."""

    wish: str = ""
    home: str = ""

    def dumped(self) -> bytes:
        """This will give it as bytes to seal: nobody without the key may know that two threads belong together."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def linked_loaded(plain: bytes) -> Linked:
    """This will read it."""
    said = json.loads(plain)
    return Linked(said.get("wish", ""), said.get("home", ""))
