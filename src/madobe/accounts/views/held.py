"""What somebody had written is handed back to them, when a form could not be taken just then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOKEN = "csrfmiddlewaretoken"
PASSPHRASE = "passphrase"  # in the name of every field that takes one


def typed(request: HttpRequest, *, without: str = "") -> list[tuple[str, str]]:
    """This will give the fields of a POST, one pair a value; without the token, and what begins with `without`.

    What opens somebody's key is carried nowhere: it is typed again.
    """
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and PASSPHRASE not in name and not (without and name.startswith(without))
    ]


def your_words(request: HttpRequest) -> HttpResponse:
    """403: the session is over. The page shows what was typed and sends it again once signed in."""
    return _page(request, "accounts/held.html", signed_out=True)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token of this browser, most often from before signing in."""
    return _page(request, "accounts/held.html", signed_out=not request.user.is_authenticated)


def rest_a_while(request: HttpRequest) -> HttpResponse:
    """429: many attempts in a short time."""
    return render(request, "accounts/rest.html", status=429)


def _page(request: HttpRequest, template: str, *, signed_out: bool) -> HttpResponse:
    # Only what was written on a page of ours: another site must not put words into somebody's mouth.
    fields = typed(request) if _from_here(request) else []
    secret = {"password", "code", "credential"}
    fields = [(name, value) for name, value in fields if not any(s in name for s in secret)]
    context = {"fields": fields, "signed_out": signed_out, "address": request.get_full_path()}
    return render(request, template, context, status=403)


def _from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
