"""The staff door: everything that knows a person runs inside it, and it stands under a few addresses only.

Public requests pass by untouched: no session is read, no user is known, no cookie is looked at or set.
"""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.middleware import AccountMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.http import urlencode
from django_permissions_policy import PermissionsPolicyMiddleware

from madobe.accounts import keys
from madobe.accounts.queries.seats import actor_of, seat_of
from madobe.accounts.request import StaffRequest
from madobe.accounts.rules.door import NOTE_EVERY, Standing, standing
from madobe.accounts.rules.permissions import PUBLIC, SIGNED_LINK, load
from madobe.accounts.seat import note_use
from madobe.accounts.views import held, unlock
from madobe.ui.display import Display

DOORS = ("/staff", "/accounts", "/partner")
# Pages of the door itself and pages for a signed link: their own row says who may.
OPEN_TO_STRANGERS = ("/accounts/", "/partner/")
CLOSED = {Standing.LOCKED, Standing.STALE}
Answer = Callable[[HttpRequest], HttpResponse]


def behind_door(path: str) -> bool:
    """This will tell whether an address lies behind the door."""
    return any(path == door or path.startswith(f"{door}/") for door in DOORS)


class StaffDoor:
    """Sessions, forms' tokens, sign-in and the permission table, for the addresses behind the door."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.forms = CsrfViewMiddleware(self._inside)
        self.sign_in = AccountMiddleware(self.forms)
        self.chain: Any = SessionMiddleware(
            AuthenticationMiddleware(MessageMiddleware(self.sign_in))
        )
        lent: dict[str, list[str]] = {
            "publickey-credentials-create": ["self"],
            "publickey-credentials-get": ["self"],
        }
        self.policy = PermissionsPolicyMiddleware.compute_header_value(
            {**settings.PERMISSIONS_POLICY, **lent}, name="PERMISSIONS_POLICY"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not behind_door(request.path_info):
            return self.get_response(request)
        response: Any = self.chain(request)
        response._permissions_policy_override = self.policy
        # Without any referrer a browser hides where a form comes from, and its token would not be believed.
        response["Referrer-Policy"] = "same-origin"
        return response

    def _inside(self, request: HttpRequest) -> HttpResponse:
        guest = cast(StaffRequest, request)
        guest.standing = standing(seat_of(guest), at=timezone.now())
        if guest.standing is Standing.OUTSIDE and guest.user.is_authenticated:
            logout(guest)  # half a sign-in that can go no further
        if guest.standing is Standing.STALE:
            # A pause of a quarter of an hour leaves the key open, the end of a day does not.
            keys.forget(guest)
        response = self._answered(guest)
        keys.tidy(guest, response)
        return response

    def _answered(self, guest: StaffRequest) -> HttpResponse:
        language = _language(guest)
        guest.display = Display(language)  # type: ignore[attr-defined]
        with translation.override(language):
            if guest.standing is Standing.INSIDE:
                guest.staff = actor_of(guest.user)
            elif not guest.path_info.startswith(OPEN_TO_STRANGERS):
                # Whoever is outside learns nothing about which addresses exist.
                if guest.standing is Standing.SETTING_UP:
                    return HttpResponseRedirect(resolve_url("accounts:second_step"))
                if guest.standing is Standing.OUTSIDE:
                    return _to_sign_in(guest)
            return self.get_response(guest)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Check the form's token, the table and the lock, in this order. Raises Http404 for what is not theirs."""
        if not behind_door(request.path_info):
            return None
        refused = self.forms.process_view(request, view, args, kwargs)
        if refused is not None:
            return refused
        guest = cast(StaffRequest, request)
        match = guest.resolver_match
        proving = guest.method == "POST" and guest.POST.get(unlock.FIELD) == "get"
        name = match.view_name if match else ""
        if (
            proving and guest.standing is Standing.INSIDE and load().cell(name, "POST") is None
        ):  # unlocked meanwhile on another page; one that asks for a fresh proof takes it itself
            return HttpResponseRedirect(guest.get_full_path())
        # A proof for a page that is only looked at is sent to that page, which itself takes nothing.
        method = "GET" if proving and guest.standing in CLOSED else guest.method
        cell = load().cell(name, method or "")
        if cell is not None and cell.word in {PUBLIC, SIGNED_LINK}:
            return None
        if guest.standing is Standing.OUTSIDE:
            return _to_sign_in(guest)
        actor = getattr(guest, "staff", None) or actor_of(guest.user)
        roles = {role for role, _ in actor.grants}
        closed = guest.standing in CLOSED
        if cell is None or not cell.open_to(Standing.INSIDE if closed else guest.standing, roles):
            if guest.standing is Standing.SETTING_UP:
                return HttpResponseRedirect(resolve_url("accounts:second_step"))
            raise Http404  # the same answer as for an address that does not exist
        if closed:
            answer = unlock.at_the_door(guest, whole=guest.standing is Standing.STALE)
            if answer is not None:
                return answer
            guest.standing, guest.staff = Standing.INSIDE, actor
        if unlock.BACKGROUND not in guest.headers:
            note_use(guest, at=timezone.now(), every=NOTE_EVERY)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Let sign-in answer what it raised itself."""
        if not behind_door(request.path_info):
            return None
        return self.sign_in.process_exception(request, exception)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return held.your_words(request)
    where = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{where}")


def _language(guest: StaffRequest) -> str:
    if guest.user.is_authenticated:
        return guest.user.language
    return "en" if guest.headers.get("Accept-Language", "").strip().lower()[:2] == "en" else "ja"
