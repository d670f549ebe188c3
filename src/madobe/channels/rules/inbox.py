"""Where letters are fetched from, as one address: imaps://user:password@host/INBOX."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"imaps": 993, "imap": 143}
HERE = ("localhost", "127.0.0.1", "::1")


class NotAnInbox(ValueError):
    """The address cannot be read; its text says what it should look like, never the address itself."""


@dataclass(frozen=True)
class Inbox:
    """A box of letters at a mail host. `secure`: "tls" from the start, "starttls", or "" on this machine alone."""

    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)
    folder: str
    secure: str
    desk: str  # code of the desk these letters are for; "": the only one


def read_inbox(address: str) -> Inbox:
    """This will read the address; user and password may be percent-encoded. Raises NotAnInbox."""
    try:
        url = urlsplit(address)
        port = url.port or _PORTS.get(url.scheme, 0)
    except ValueError as error:
        raise NotAnInbox(_SHAPE) from error
    if url.scheme not in _PORTS or not (url.hostname and url.username and url.password):
        raise NotAnInbox(_SHAPE)
    secure = "tls" if url.scheme == "imaps" else "" if url.hostname in HERE else "starttls"
    return Inbox(
        host=url.hostname,
        port=port,
        user=unquote(url.username),
        password=unquote(url.password),
        folder=unquote(url.path.strip("/")) or "INBOX",
        secure=secure,
        desk=parse_qs(url.query).get("desk", [""])[0],
    )


_SHAPE = (
    "it looks like imaps://user:password@host/INBOX, with ?desk=CODE behind it where there are several desks; "
    "signs such as @ or / in the password are written as %40 or %2F"
)
