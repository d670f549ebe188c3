"""The switches of a desk: which ways it uses, each with one sentence on what it does and what it costs in privacy."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madobe.channels.registry import channel
from madobe.desks.choices import Channel

# A switch and the channel that says of itself what it does. Letters on this site have none: they always arrive.
REGISTERED: Final = {
    Channel.PHONE_LOG: "phone",
    Channel.LETTER: "letter",
    Channel.EMAIL: "email",
    Channel.LINE: "line",
}
SWITCHED: Final = tuple(one for one in Channel if one != Channel.WEB)
_CALENDAR: Final = _(
    "会う・話す時間を、いくつかの候補からえらんでもらいます。担当の人のカレンダーには「予定」とだけ出て、名前は出ません。"
)


@dataclass(frozen=True)
class Switch:
    """One of them. `needs`: what the server is set up by; `is_ready`: it is."""

    code: str
    label: str | Promise
    sentence: str | Promise
    needs: tuple[str, ...] = ()
    is_ready: bool = True


def switches() -> tuple[Switch, ...]:
    """This will give all of them, in the order of `Channel`."""
    return tuple(_switch(one) for one in SWITCHED)


def _switch(code: Channel) -> Switch:
    if code not in REGISTERED:
        return Switch(code, code.label, _CALENDAR)
    way = channel(REGISTERED[code])
    return Switch(code, code.label, way.sentence, way.needs, way.is_ready())
