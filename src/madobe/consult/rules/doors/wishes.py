"""By which ways and at what hours somebody can be reached safely, as it is sealed beside their thread."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import time


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
    desk's own.
    """

    unsafe_ways: tuple[str, ...] = ()
    unsafe_places: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    quiet_from: str = ""
    quiet_until: str = ""
    call_back: CallBack = CallBack()

    def quiet(self, desk: tuple[time, time]) -> tuple[time, time]:
        """This will give the hours in which nothing is sent: theirs, or else the desk's."""
        if not self.quiet_from or not self.quiet_until:
            return desk
        return time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)


def dumped(wishes: DoorsWished) -> bytes:
    """This will give it as bytes to seal."""
    said = {name: value for name, value in asdict(wishes).items() if value}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def loaded(plain: bytes) -> DoorsWished:
    """This will read it; what a later release wrote besides is left aside."""
    known = {one.name for one in fields(DoorsWished)}
    said = {name: value for name, value in json.loads(plain).items() if name in known}
    for name in ("unsafe_ways", "unsafe_places", "chosen"):
        said[name] = tuple(said.get(name, ()))
    inside = {one.name for one in fields(CallBack)}
    back = {name: value for name, value in said.pop("call_back", {}).items() if name in inside}
    return DoorsWished(**said, call_back=CallBack(**back))


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
