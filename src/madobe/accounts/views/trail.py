"""The trail: who did or looked at what. Reading it is itself written down."""

from datetime import date, datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from madobe.accounts.forms.people import TrailForm
from madobe.accounts.queries.people import ids_of, names_of
from madobe.accounts.request import StaffRequest
from madobe.audit.actions import record
from madobe.audit.queries import events_page
from madobe.ui.staff import staff_of


@require_GET
def trail(request: StaffRequest) -> HttpResponse:
    """Events, latest first, fifty a page, by person, action, record and day."""
    actor = staff_of(request)
    form = TrailForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = events_page(
        by=ids_of(wanted.get("by") or ""),
        action=wanted.get("action") or "",
        record_id=wanted.get("record") or "",
        since=_start(wanted.get("since")),
        before_number=wanted.get("before"),
    )
    record(
        by=actor.id,
        action="trail.view",
        at=timezone.now(),
        detail={name: str(value) for name, value in wanted.items() if value},
    )
    names = names_of({event.by for event in page.events})
    context = {
        "form": form,
        "rows": [(event, names.get(event.by, event.by)) for event in page.events],
        "older": page.older,
        "query": {name: value for name, value in request.GET.items() if name != "before"},
    }
    return render(request, "accounts/trail.html", context)


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
