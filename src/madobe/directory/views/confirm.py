"""The organization's own word: all is still right, or something changed. The link works once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from madobe.directory.actions import editing as actions
from madobe.directory.forms.short import SuggestionForm
from madobe.directory.queries import editing as queries
from madobe.ui.display import Display

OF_STATE = {"open": 200, "used": 200, "over": 410, "unknown": 404}


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, display: Display, token: str) -> HttpResponse:
    """GET shows what we say of them; POST takes their word."""
    at = timezone.now()
    found = queries.confirmation(token, at=at)
    is_changed = request.method == "POST" and request.POST.get("answer") == "changed"
    form = SuggestionForm(request.POST if is_changed else None)
    context = {"found": found, "form": form, "state": found.state}
    if request.method == "GET" or found.state != "open":
        return render(request, "directory/confirm.html", context, status=OF_STATE[found.state])
    if is_changed and not form.is_valid():
        return render(request, "directory/confirm.html", context, status=422)
    try:
        if is_changed:
            actions.report_by_link(
                token=token, language=display.language, at=at, **form.cleaned_data
            )
        else:
            actions.confirm_by_link(token=token, at=at)
    except actions.LinkNotGood as refusal:
        context["state"] = refusal.reason
        return render(request, "directory/confirm.html", context, status=OF_STATE[refusal.reason])
    context["state"] = "reported" if is_changed else "confirmed"
    return render(request, "directory/confirm.html", context)
