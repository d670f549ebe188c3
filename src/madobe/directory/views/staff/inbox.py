"""What waits for a person: word from visitors, and what imports left open."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.directory.actions import editing as actions
from madobe.directory.choices import Decision, ReviewKind, SuggestionState
from madobe.directory.forms.short import NoteForm
from madobe.directory.queries import editing as queries
from madobe.directory.views.staff.door import keeper_of, page_number


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """What visitors noticed, oldest first."""
    keeper = keeper_of(request)
    state = request.GET.get("state", SuggestionState.OPEN)
    page = queries.suggestions(keeper.organizations, state=state, page=page_number(request))
    context = {
        "page": page,
        "state": state,
        "states": SuggestionState.choices,
        "said": request.GET.get("said", ""),
    }
    return render(request, "directory/staff/suggestions.html", context)


@require_http_methods(["GET", "POST"])
def suggestion(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """One suggestion: edit the entry it speaks of, or set it aside with a note."""
    keeper = keeper_of(request)
    found = queries.suggestion(suggestion_id, keeper.organizations)
    if found is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                actions.set_suggestion_aside(
                    suggestion_id=suggestion_id,
                    note=form.cleaned_data["note"],
                    by=keeper.id,
                    at=timezone.now(),
                )
            except actions.AlreadySettled:
                return HttpResponseRedirect(
                    f"{reverse('directory_staff:suggestions')}?said=settled"
                )
            return HttpResponseRedirect(f"{reverse('directory_staff:suggestions')}?said=set_aside")
        status = 422
    context = {"suggestion": found, "form": form}
    return render(request, "directory/staff/suggestion.html", context, status=status)


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """What imports left to a person."""
    keeper = keeper_of(request)
    kind = request.GET.get("kind", "")
    page = queries.review_items(
        keeper.organizations,
        kind=kind if kind in ReviewKind.values else "",
        page=page_number(request),
    )
    context = {
        "page": page,
        "kind": kind,
        "kinds": ReviewKind.choices,
        "said": request.GET.get("said", ""),
    }
    return render(request, "directory/staff/reviews.html", context)


@require_POST
def review(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Ours, theirs, or seen."""
    keeper = keeper_of(request)
    decision = request.POST.get("decision", "")
    if (
        queries.review_item(item_id, keeper.organizations) is None
        or decision not in Decision.values
    ):
        raise Http404
    said = "reviewed"
    try:
        actions.settle_review_item(
            item_id=item_id, decision=decision, by=keeper.id, at=timezone.now()
        )
    except actions.AlreadySettled:
        said = "settled"
    return HttpResponseRedirect(f"{reverse('directory_staff:reviews')}?said={said}")
