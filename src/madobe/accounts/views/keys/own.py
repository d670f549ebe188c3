"""One's own key: made, opened, closed, given other words."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from madobe.accounts.actions.keys import own
from madobe.accounts.forms.keys import ChangeWordsForm, MakeKeyForm, OpenForm
from madobe.accounts.keys import drop, hold, keyring_of
from madobe.accounts.readers import has_key
from madobe.accounts.request import StaffRequest
from madobe.accounts.views.unlock import fresh_proof
from madobe.accounts.views.with_keys import try_words
from madobe.vault.actions.members import HasAKeyAlready, NoKeyYet, PassphraseIsNotRight


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def keys(request: StaffRequest) -> HttpResponse:
    """One's key: a form to make it, or what can be done with it."""
    if not has_key(request.user):
        return _make(request)
    context = {"is_open": keyring_of(request) is not None, "next": _next(request)}
    return render(request, "accounts/keys/mine.html", context)


@fresh_proof
def _make(request: StaffRequest) -> HttpResponse:
    form = MakeKeyForm(request.POST or None, user=request.user)
    if form.is_valid():
        words, at = form.cleaned_data["passphrase"], timezone.now()
        try:
            keyring = own.make_key(user=request.user, passphrase=words, at=at)
        except HasAKeyAlready:  # made meanwhile on another page
            return redirect("accounts:keys")
        messages.success(request, _("合い鍵ができました。いまは開いています。"))
        response = HttpResponseRedirect(_next(request) or reverse("accounts:keys"))
        hold(request, response, keyring)
        return response
    context = {"form": form, "next": _next(request)}
    return render(request, "accounts/keys/make.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def open_key(request: StaffRequest) -> HttpResponse:
    """Open one's key and go on to where one was."""
    where = _next(request) or reverse("accounts:keys")
    if keyring_of(request) is not None:
        return HttpResponseRedirect(where)
    form = OpenForm(request.POST or None, request=request)
    try:
        keyring = try_words(request, form)
    except NoKeyYet:
        return redirect("accounts:keys")
    if keyring is None:
        context = {"form": form, "next": where, "address": reverse("accounts:open_key")}
        return render(request, "accounts/keys/open.html", context)
    response = HttpResponseRedirect(where)
    hold(request, response, keyring)
    return response


@require_POST
def close_key(request: StaffRequest) -> HttpResponse:
    """Lock one's key and stay signed in."""
    own.note_closing(user=request.user, at=timezone.now())
    response = redirect("accounts:keys")
    drop(request, response)
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_words(request: StaffRequest) -> HttpResponse:
    """Lock one's key with other words; every other session ends."""
    if not has_key(request.user):
        return redirect("accounts:keys")
    form = ChangeWordsForm(request.POST or None, user=request.user, request=request)
    if form.is_valid() and form.may_try():
        try:
            keyring = own.change_passphrase(
                user=request.user,
                old=form.cleaned_data["keyring_passphrase"],
                new=form.cleaned_data["passphrase"],
                session=request.session.session_key or "",
                at=timezone.now(),
            )
        except (PassphraseIsNotRight, NoKeyYet):
            form.refuse()
        else:
            form.forget_guesses()
            messages.success(request, _("新しい合い鍵の言葉になりました。"))
            response = redirect("accounts:keys")
            hold(request, response, keyring)
            return response
    return render(request, "accounts/keys/change.html", {"form": form})


def _next(request: StaffRequest) -> str:
    """Where to go on to: an address of ours, or ""."""
    where = request.POST.get("next") or request.GET.get("next") or ""
    inside = url_has_allowed_host_and_scheme(where, allowed_hosts=None) and where.startswith("/")
    return where if inside else ""
