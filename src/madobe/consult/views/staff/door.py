"""Who is here with their key in hand. A thread out of their reach answers like an address that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from madobe.accounts.request import KeysRequest
from madobe.accounts.views.unlock import BACKGROUND
from madobe.accounts.views.with_keys import with_keys
from madobe.consult.reach import NotOpenedHere, NotReached, hand_of, lay_in_what_waits
from madobe.ui.staff import staff_of

UNPROCESSABLE, CONFLICT, NOT_MODIFIED = 422, 409, 304
View = Callable[..., HttpResponse]


def at_desk(*methods: str) -> Callable[[View], View]:
    """Give a view (request, hand, at, …) who is here and the minute; ask for the key first where it is locked."""

    def with_hand(view: View) -> View:
        @wraps(view)
        @sensitive_variables()
        def opened(request: HttpRequest, **places: Any) -> HttpResponse:
            hand = hand_of(staff_of(request), cast(KeysRequest, request).keyring)
            at = timezone.now()
            lay_in_what_waits(hand, at=at)
            try:
                response = view(request, hand, at, **places)
            except NotReached:
                raise Http404 from None
            except NotOpenedHere:
                response = render(request, "consult/staff/not_opened.html")
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return with_keys(require_http_methods(methods)(opened))

    return with_hand


def is_background(request: HttpRequest) -> bool:
    """This will tell whether a page asks by itself."""
    return BACKGROUND in request.headers


def to_thread(request: HttpRequest, thread_id: UUID, said: str = "") -> HttpResponse:
    """This will lead back to a thread with one sentence about what was done."""
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("consult_staff:thread", args=[thread_id]))


def to_inbox(request: HttpRequest, said: str = "") -> HttpResponse:
    """This will lead back to the list."""
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("consult_staff:inbox"))


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """This will give 304 when the page has this mark already."""
    if request.headers.get("If-None-Match") != f'"{tag}"':
        return None
    response = HttpResponse(status=NOT_MODIFIED)
    response.headers["ETag"] = f'"{tag}"'
    return response


def key_in(request: HttpRequest, name: str) -> UUID:
    """This will give an id a form carries. Raises Http404 for anything else."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None
