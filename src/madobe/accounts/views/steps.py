"""Setting up the second step: an app, a passkey, or a sheet of paper."""

import io
import json
from collections.abc import Callable
from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.accounts.actions import factors as acts
from madobe.accounts.forms.own import ConfirmCodeForm, PasskeyForm
from madobe.accounts.queries.people import factors
from madobe.accounts.request import StaffRequest
from madobe.accounts.rules.door import Standing
from madobe.accounts.seat import take_seat
from madobe.accounts.views.unlock import fresh_proof


@require_GET
def choose(request: StaffRequest) -> HttpResponse:
    """The second steps one has, and those one can add."""
    return render(request, "accounts/steps.html", {"factors": factors(request.user)})


@require_http_methods(["GET", "POST"])
@fresh_proof
def app(request: StaffRequest) -> HttpResponse:
    """An app that shows codes: a square to scan or a word to type, then one code to see that it works."""
    form = ConfirmCodeForm(request.POST or None)
    if form.is_valid() and _confirmed(request, form, acts.add_app):
        return _done(request, Authenticator.Type.TOTP)
    secret = acts.begun_secret(request)
    picture = io.BytesIO()
    segno.make(get_adapter().build_totp_url(request.user, secret)).save(
        picture,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=3,
        dark="#000",
        light="#fff",
    )
    context = {
        "form": form,
        "square": mark_safe(picture.getvalue().decode()),  # drawn here, from our own words
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "accounts/app.html", context)


@require_http_methods(["GET", "POST"])
@fresh_proof
def sheet(request: StaffRequest) -> HttpResponse:
    """A sheet of codes to print or copy by hand; one of them confirms that it is there."""
    form = ConfirmCodeForm(request.POST or None)
    if form.is_valid() and _confirmed(request, form, acts.add_sheet):
        return _done(request, Authenticator.Type.RECOVERY_CODES)
    codes = [f"{code[:5]} {code[5:]}" for code in acts.begun_sheet(request)]
    return render(request, "accounts/sheet.html", {"form": form, "codes": codes})


@require_http_methods(["GET", "POST"])
@fresh_proof
def passkey(request: StaffRequest) -> HttpResponse:
    """A passkey: the browser makes it, on this machine or on a key."""
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        acts.add_passkey(
            user=request.user,
            name=form.cleaned_data["name"] or _("パスキー"),
            credential=form.cleaned_data["credential"],
            at=timezone.now(),
        )
        return _done(request, Authenticator.Type.WEBAUTHN)
    options = webauthn.begin_registration(request.user, passwordless=True)
    return render(request, "accounts/passkey.html", {"form": form, "passkey": json.dumps(options)})


@require_POST
@fresh_proof
def remove(request: StaffRequest) -> HttpResponse:
    """Take one second step away; the last one stays."""
    try:
        number = int(request.POST.get("factor", ""))
        acts.remove_factor(user=request.user, factor_id=number, at=timezone.now())
    except (ValueError, Authenticator.DoesNotExist) as error:
        raise Http404 from error
    except acts.LastSecondStep:
        messages.info(request, _("さいごの一つは、ほかを足してからはずせます。"))
    return redirect("accounts:second_step")


def _confirmed(request: StaffRequest, form: ConfirmCodeForm, add: Callable[..., Any]) -> bool:
    try:
        add(request=request, user=request.user, code=form.cleaned_data["code"], at=timezone.now())
    except acts.CodeDoesNotFit:
        form.add_error("code", get_adapter().error_messages["incorrect_code"])
        return False
    return True


def _done(request: StaffRequest, kind: str) -> HttpResponse:
    if request.standing is Standing.SETTING_UP:
        take_seat(request, at=timezone.now(), second_step=kind)
        return redirect("accounts:dashboard")
    messages.success(request, _("使えるようになりました。"))
    return redirect("accounts:second_step")
