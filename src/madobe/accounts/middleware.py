"""The staff door: everything that knows a person runs inside it, and it stands under a few addresses only.

Public requests pass by untouched: no session is read, no user is known, no cookie is looked at or set.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.middleware import AccountMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.http import urlencode
from django_permissions_policy import PermissionsPolicyMiddleware

from madobe.accounts.queries.seats import actor_of, seat_of
from madobe.accounts.rules.door import NOTE_EVERY, Standing, standing
from madobe.accounts.rules.permissions import PUBLIC, SIGNED_LINK, load
from madobe.accounts.seat import note_use
from madobe.accounts.views import held, unlock
from madobe.ui.display import Display

DOORS = ("/staff", "/accounts", "/partner")
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
        self.chain = SessionMiddleware(
            AuthenticationMiddleware(MessageMiddleware(self.sign_in))  # type: ignore[arg-type]
        )
        self.policy = PermissionsPolicyMiddleware.compute_header_value(
            settings.PERMISSIONS_POLICY
            | {"publickey-credentials-create": ["self"], "publickey-credentials-get": ["self"]},
            name="PERMISSIONS_POLICY",
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not behind_door(request.path_info):
            return self.get_response(request)
        response = self.chain(request)
        response._permissions_policy_override = self.policy  # type: ignore[attr-defined]
        return response

    def _inside(self, request: HttpRequest) -> HttpResponse:
        request.standing = standing(seat_of(request), at=timezone.now())  # type: ignore[attr-defined]
        if request.standing is Standing.OUTSIDE and request.user.is_authenticated:  # type: ignore[attr-defined]
            logout(request)  # half a sign-in that can go no further
        language = _language(request)
        request.display = Display(language)  # type: ignore[attr-defined]
        with translation.override(language):
            if request.standing is Standing.INSIDE:  # type: ignore[attr-defined]
                request.staff = actor_of(request.user)  # type: ignore[attr-defined]
            elif not request.path_info.startswith("/accounts/"):
                # Whoever is outside learns nothing about which addresses exist.
                answer = self._stop(request)
                if answer is not None:
                    return answer
            return self.get_response(request)

    def _stop(self, request: HttpRequest) -> HttpResponse | None:
        """What somebody gets who is not inside; None where the view's own row decides later."""
        now = request.standing  # type: ignore[attr-defined]
        if now in {Standing.LOCKED, Standing.STALE}:
            return None  # after the form's token was checked: see process_view
        if now is Standing.SETTING_UP:
            return HttpResponseRedirect(resolve_url("accounts:second_step"))
        return None if request.path_info.startswith("/partner") else _to_sign_in(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Check the form's token, the lock and the table, in this order."""
        if not behind_door(request.path_info):
            return None
        refused = self.forms.process_view(request, view, args, kwargs)
        if refused is not None:
            return refused
        match = request.resolver_match
        cell = load().cell(match.view_name if match else "", request.method or "")
        if cell is not None and cell.word in {PUBLIC, SIGNED_LINK}:
            return None
        if request.standing is Standing.OUTSIDE:  # type: ignore[attr-defined]
            return _to_sign_in(request)
        locked = request.standing in {Standing.LOCKED, Standing.STALE}  # type: ignore[attr-defined]
        actor = actor_of(request.user)
        if cell is None or not cell.open_to(
            Standing.INSIDE if locked else request.standing,  # type: ignore[attr-defined]
            {role for role, _ in actor.grants},
        ):
            raise Http404  # the same answer as for an address that does not exist
        if locked:
            answer = unlock.at_the_door(request, whole=request.standing is Standing.STALE)  # type: ignore[attr-defined]
            if answer is not None:
                return answer
            request.staff = actor  # type: ignore[attr-defined]
        if unlock.BACKGROUND not in request.headers:
            note_use(request, at=timezone.now(), every=NOTE_EVERY)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Let sign-in answer what it raised itself."""
        if not behind_door(request.path_info):
            return None
        return self.sign_in.process_exception(request, exception)  # type: ignore[attr-defined, no-any-return]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return held.your_words(request)
    where = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{where}")


def _language(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return request.user.language
    return "en" if request.headers.get("Accept-Language", "").strip().lower()[:2] == "en" else "ja"
