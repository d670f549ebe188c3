"""Somebody's unlocked key, for as long as they are signed in: half of it in their session, half in a cookie.

The session's row holds the private key encrypted under a token that lies in the cookie alone: a copy of the database
opens nothing, and neither does the cookie once the session has ended. Nothing of it is kept anywhere else.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from madobe.vault.actions.members import hold_keyring, keyring_held
from madobe.vault.keyring import Keyring

BLOB: Final = "keyring"  # where in the session
_READ: Final = "_keyring"  # where on the request, once it was read


def keyring_of(request: HttpRequest) -> Keyring | None:
    """This will give the keyring of who is signed in; None while it is locked, or when there is no key."""
    if not hasattr(request, _READ):
        setattr(request, _READ, _read(request))
    found: Keyring | None = getattr(request, _READ)
    return found


def hold(request: HttpRequest, response: HttpResponse, keyring: Keyring) -> None:
    """This will keep a key unlocked for the rest of this session. `response`: the answer to `request`."""
    token, blob = hold_keyring(keyring)
    request.session[BLOB] = urlsafe_b64encode(blob).decode()
    setattr(request, _READ, keyring)
    response.set_cookie(
        settings.KEYS_COOKIE_NAME,
        urlsafe_b64encode(token).decode(),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget(request: HttpRequest) -> None:
    """This will lock the key again: the session's half is gone, and `tidy` takes the other from the browser."""
    request.session.pop(BLOB, None)
    setattr(request, _READ, None)


def tidy(request: HttpRequest, response: HttpResponse) -> None:
    """This will take the cookie from a browser whose session holds no key: signed out, over, left, locked."""
    if settings.KEYS_COOKIE_NAME in request.COOKIES and BLOB not in request.session:
        response.delete_cookie(settings.KEYS_COOKIE_NAME, path="/", samesite="Strict")


def drop(request: HttpRequest, response: HttpResponse) -> None:
    """This will lock the key again, here and in the browser."""
    forget(request)
    tidy(request, response)


def _read(request: HttpRequest) -> Keyring | None:
    token, blob = request.COOKIES.get(settings.KEYS_COOKIE_NAME), request.session.get(BLOB)
    if not token or not blob or not request.user.is_authenticated:
        return None
    try:
        halves = urlsafe_b64decode(token), urlsafe_b64decode(blob)
    except ValueError:
        return None
    return keyring_held(owner=request.user.actor_id, token=halves[0], blob=halves[1])
