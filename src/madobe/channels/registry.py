"""Channels say here what they are; the floor above says here who takes what comes in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from madobe.channels.rules.incoming import Incoming

Text = str | Promise
Handler = Callable[[Incoming, str], bool]
Asker = Callable[[str, str, str], bool]

_channels: dict[str, "Channel"] = {}
_handlers: list[Handler] = []
_askers: list[Asker] = []


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Channel:
    """A way words come in or go out.

    `sentence` says what it does and what it costs in privacy. `needs` are the environment variables it is set up by;
    `is_ready()` tells whether they are there. `starts_on`: a new desk has it without switching anything.
    """

    code: str
    label: Text
    sentence: Text
    can_send_content: bool = False
    can_send_notice: bool = False
    needs: tuple[str, ...] = ()
    is_ready: Callable[[], bool] = _always
    starts_on: bool = False
    position: int = 50


class CodeIsTaken(Exception):
    """Two channels want one code."""


class SomebodyTakesAlready(Exception):
    """A second floor wants to take what comes in: one letter must not land in two places."""


def register(channel: Channel) -> Channel:
    """This will note a channel. Raises CodeIsTaken."""
    if _channels.setdefault(channel.code, channel) != channel:
        raise CodeIsTaken(channel.code)
    return channel


def channels() -> tuple[Channel, ...]:
    """All of them, in the order a desk shows them."""
    return tuple(sorted(_channels.values(), key=lambda channel: (channel.position, channel.code)))


def channel(code: str) -> Channel:
    """The one of this code. Raises KeyError."""
    return _channels[code]


def on_incoming(handler: Handler) -> None:
    """This will name who takes what comes in; a floor above calls it in `apps.ready()`.

    `handler(incoming, desk)` gets the desk's code ("" = the installation's only desk) and gives True only when the
    letter is kept for good: then it is deleted at the host, or the sender is told 200. It runs inside the
    transaction that notes the arrival (actions.taking.take_in), so it must not ask for a durable one of its own.
    Raises SomebodyTakesAlready.
    """
    if _handlers and _handlers[0] is not handler:
        raise SomebodyTakesAlready(repr(handler))
    _handlers[:] = [handler]


def incoming_handler() -> Handler | None:
    """Who takes what comes in; None where no floor above has said so."""
    return _handlers[0] if _handlers else None


def on_first_contact(asker: Asker) -> None:
    """This will name who knows a sender: `asker(channel, sender, desk)` is True when anything came from there before.

    What counts is everything that was taken, a mere "joined" too. Raises SomebodyTakesAlready.
    """
    if _askers and _askers[0] is not asker:
        raise SomebodyTakesAlready(repr(asker))
    _askers[:] = [asker]


def is_known(channel: str, sender: str, desk: str) -> bool | None:
    """Whether anything came from this sender before; None where nobody can tell."""
    return _askers[0](channel, sender, desk) if _askers else None
