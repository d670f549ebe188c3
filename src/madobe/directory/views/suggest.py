"""まちがいを知らせる: what a visitor noticed, without an account and without a trace of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from madobe.directory import queries
from madobe.directory.actions import editing as actions
from madobe.directory.forms.short import SuggestionForm
from madobe.directory.rules.place import Place
from madobe.ui.display import Display


@require_http_methods(["GET", "POST"])
def about_place(request: HttpRequest, display: Display, place_id: UUID) -> HttpResponse:
    """Something about this place is not right."""
    place = queries.place(place_id, at=timezone.now())
    if place is None:
        raise Http404
    return _answer(request, display, place)


@require_http_methods(["GET", "POST"])
def about_anything(request: HttpRequest, display: Display) -> HttpResponse:
    """Something is not right, or a place is missing."""
    return _answer(request, display, None)


def _answer(request: HttpRequest, display: Display, place: Place | None) -> HttpResponse:
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "place": place, "is_full": False}
    if request.method == "GET":
        return render(request, "directory/suggest.html", context)
    if not form.is_valid():
        return render(request, "directory/suggest.html", context, status=422)
    try:
        actions.receive_suggestion(
            service_id=UUID(place.id) if place else None,
            language=display.language,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except actions.TooManySuggestionsToday:
        return render(request, "directory/suggest.html", {**context, "is_full": True}, status=503)
    return render(request, "directory/suggest_thanks.html", {"place": place})
