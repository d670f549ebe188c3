"""Pages that read what is sealed: whoever comes with a locked key is asked for its words, and goes on as they were."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from madobe.accounts.actions.keys.own import open_key
from madobe.accounts.forms.keys import OpenForm
from madobe.accounts.keys import hold, keyring_of
from madobe.accounts.readers import has_key
from madobe.accounts.request import KeysRequest, StaffRequest
from madobe.accounts.views.held import typed
from madobe.accounts.views.unlock import BACKGROUND
from madobe.vault.actions.members import NoKeyYet, PassphraseIsNotRight
from madobe.vault.keyring import Keyring

PREFIX = "keyring"  # what the page itself asks for; taken out before the view sees the rest
WORDS = f"{PREFIX}_passphrase"


def with_keys(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view `request.keyring`. Stands outside of `require_POST` and its like.

    Without a key: a page to make one. With a locked one: a page that asks for its words and goes on with what was
    typed. What a page asks by itself (BACKGROUND) gets 403 and no page.
    """

    @wraps(view)
    def opened(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        keyring = keyring_of(request)
        fresh = False
        if keyring is None:
            found = _asked(request)
            if isinstance(found, HttpResponse):
                return found
            keyring, fresh = found, True
        request = cast(KeysRequest, request)
        request.keyring = keyring
        response = view(request, *args, **kwargs)
        if fresh:
            hold(request, response, keyring)
        return response

    return sensitive_post_parameters()(opened)


def try_words(request: StaffRequest, form: OpenForm) -> Keyring | None:
    """This will give the keyring the words of the form open; None, with the form saying so, for others.

    Raises NoKeyYet.
    """
    if not form.is_valid() or not form.may_try():
        return None
    try:
        keyring = open_key(
            user=request.user, passphrase=form.cleaned_data[WORDS], at=timezone.now()
        )
    except PassphraseIsNotRight:
        form.refuse()
        return None
    form.forget_guesses()
    return keyring


def _asked(request: StaffRequest) -> HttpResponse | Keyring:
    if BACKGROUND in request.headers:
        return HttpResponse(status=403)
    if not has_key(request.user):
        return _no_key(request)
    if request.method != "POST" or WORDS not in request.POST:
        return _page(request, OpenForm(request=request))
    form = OpenForm(request.POST, request=request)
    try:
        keyring = try_words(request, form)
    except NoKeyYet:  # retired at this very moment
        return _no_key(request)
    if keyring is None:
        return _page(request, form)
    carried = request.POST.copy()
    for name in [name for name in carried if name.startswith(PREFIX)]:
        del carried[name]
    request.POST = carried  # type: ignore[assignment]
    return keyring


def _no_key(request: StaffRequest) -> HttpResponse:
    if request.method == "GET":
        here = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('accounts:keys')}?{here}")
    return _answer(request, "accounts/keys/make_first.html", {})


def _page(request: StaffRequest, form: OpenForm) -> HttpResponse:
    return _answer(request, "accounts/keys/open.html", {"form": form})


def _answer(request: StaffRequest, template: str, more: dict[str, Any]) -> HttpResponse:
    # A page that is only looked at takes no POST: its words go to a page of their own, which leads back.
    looking = request.method != "POST"
    context = more | {
        "address": reverse("accounts:open_key") if looking else request.get_full_path(),
        "next": request.get_full_path() if looking else "",
        "fields": typed(request, without=PREFIX),
        "files": bool(request.FILES),
    }
    return render(request, template, context, status=403)
