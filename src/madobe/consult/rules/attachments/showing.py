"""How a kept file is handed to somebody at work: sealed off from our pages, whatever it may still hold."""

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


def headers_of(kind: Kind, name: str = "") -> dict[str, str]:
    """This will give the headers of a response that shows or hands over a kept file.

    A picture is shown; a paper or text is only ever downloaded. `name`: the one `clean` gave.
    """
    way = "inline" if kind is Kind.PICTURE else "attachment"
    named = f"; filename*=UTF-8''{quote(name, safe='')}" if name else ""
    return {**_SEALED, "Content-Disposition": way + named}
