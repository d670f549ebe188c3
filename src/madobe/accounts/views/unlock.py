"""The quick unlock: the page somebody was at asks for one proof, and goes on with what was typed."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from madobe.accounts.actions.signing import unlock
from madobe.accounts.forms.entrance import UnlockForm
from madobe.accounts.queries.people import factors
from madobe.accounts.request import StaffRequest
from madobe.accounts.rules.door import FRESH
from madobe.accounts.seat import proved_within
from madobe.accounts.views.held import typed

FIELD = "unlock"  # "get" or "post": how the page that is locked was asked for
PREFIX = "unlock"
BACKGROUND = "X-Madobe-Background"  # sent by what a page does by itself: that is nobody being there


def at_the_door(request: StaffRequest, *, whole: bool = False) -> HttpResponse | None:
    """This will give the unlock page; None once a right proof has come: the request then goes on as it was typed.

    `whole`: a working day is over, both steps are asked for.
    """
    if BACKGROUND in request.headers:
        return HttpResponse(status=403)
    if request.method != "POST" or FIELD not in request.POST:
        return _page(request, UnlockForm(user=request.user, whole=whole), request.method or "GET")
    form = UnlockForm(request.POST, user=request.user, whole=whole)
    if not form.is_valid():
        return _page(request, form, request.POST[FIELD])
    unlock(
        request=request,
        user=request.user,
        shown="+".join(form.shown),
        second_step=form.shown[-1] if whole else "",
        at=timezone.now(),
    )
    if request.POST[FIELD] != "post":
        return HttpResponseRedirect(request.get_full_path())
    carried = request.POST.copy()
    for name in [name for name in carried if name.startswith(PREFIX)]:
        del carried[name]
    request.POST = carried  # type: ignore[assignment]
    return None


def fresh_proof(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for a proof once more before somebody changes what they sign in with."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not proved_within(request, FRESH, at=timezone.now()):
            answer = at_the_door(request)
            if answer is not None:
                return answer
        return view(request, *args, **kwargs)

    return asked


def _page(request: StaffRequest, form: UnlockForm, method: str) -> HttpResponse:
    kinds = {factor.kind for factor in factors(request.user)}
    passkey = Authenticator.Type.WEBAUTHN in kinds
    context = {
        "form": form,
        "whole": form.whole,
        "method": "post" if method.lower() == "post" else "get",
        "address": request.get_full_path(),
        "fields": typed(request, without=PREFIX),
        "files": bool(request.FILES),
        "asks_password": request.user.has_usable_password(),
        "asks_code": bool(kinds - {Authenticator.Type.WEBAUTHN}),
        "passkey": json.dumps(begin_authentication(request.user)) if passkey else "",
    }
    return render(request, "accounts/unlock.html", context, status=403)
