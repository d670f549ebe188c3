"""How a kept file is handed to somebody at work, or back to who sent it: sealed off from our pages, whatever it may still hold."""

from collections.abc import Collection
from typing import Final
from urllib.parse import quote

from madobe.consult.rules.attachments.kinds import Kind

_SEALED: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def headers_of(
    kind: Kind, name: str = "", *, shown: Collection[Kind] = (Kind.PICTURE,)
) -> dict[str, str]:
    """This will give the headers of a response that shows or hands over a kept file.

    A picture is shown; a paper or text is only ever downloaded, but for what `shown` names. `name`: one of ours.
    """
    way = "inline" if kind in shown else "attachment"
    named = f"; filename*=UTF-8''{quote(name, safe='')}" if name else ""
    return {**_SEALED, "Content-Disposition": way + named}
