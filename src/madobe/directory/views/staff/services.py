"""Entries: the list, one of them, and what can be done with it in one tap."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from madobe.directory.actions import editing as actions
from madobe.directory.actions.suspension import MAY_SUSPEND
from madobe.directory.choices import Kind, Status
from madobe.directory.forms.service import names_of_facts
from madobe.directory.forms.short import AlertForm, AvailabilityForm, ReasonForm, SourceWordForm
from madobe.directory.queries import editing as queries
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.scope import MAY_MERGE
from madobe.directory.views.staff.door import Keeper, keeper_of, page_number
from madobe.ui.display import Display

LONGEST_QUERY = 200


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Every entry somebody keeps, found by words, state and kind."""
    keeper = keeper_of(request)
    asked = {name: request.GET.get(name, "")[:LONGEST_QUERY] for name in ("q", "status", "kind")}
    page = queries.entries(
        keeper.organizations,
        words=asked["q"],
        status=asked["status"],
        kind=asked["kind"] if asked["kind"] in Kind.values else "",
        page=page_number(request),
        at=timezone.now(),
    )
    context = {"page": page, "asked": asked, "states": Status.choices, "kinds": Kind.choices}
    return render(request, "directory/staff/services.html", context)


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What should be looked at again, soonest first."""
    keeper = keeper_of(request)
    page, listed = queries.due(keeper.organizations, at=timezone.now(), page=page_number(request))
    return render(
        request,
        "directory/staff/due.html",
        {"page": page, "listed": listed, "said": request.GET.get("said", "")},
    )


@require_GET
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One entry: each fact and whose word it is, its history, and what waits."""
    return _page(request, keeper_of(request), service_id)


@require_POST
def verify(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Still right today: the whole entry, or the facts named."""
    keeper = _in_scope(request, service_id)
    form = SourceWordForm(request.POST)
    if not form.is_valid():
        return _page(request, keeper, service_id, status=422, word_form=form)
    actions.verify_service(
        service_id=service_id,
        by=keeper.id,
        at=timezone.now(),
        source_name=form.cleaned_data["source_name"],
        fields=request.POST.getlist("fact"),
    )
    if request.POST.get("back") == "due":
        return HttpResponseRedirect(f"{reverse('directory_staff:due')}?said=verified")
    return _back(service_id, "verified")


@require_POST
def publish(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Put it where people read it, if it says what they need."""
    keeper = _in_scope(request, service_id)
    try:
        actions.publish_service(service_id=service_id, by=keeper.id, at=timezone.now())
    except actions.LacksBeforePublishing as refusal:
        return _page(request, keeper, service_id, status=422, lacking=names_of_facts(refusal.facts))
    return _back(service_id, "published")


@require_POST
def withdraw(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Take it from view; everything in it is kept."""
    keeper = _in_scope(request, service_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, keeper, service_id, status=422, reason_form=form)
    actions.withdraw_service(
        service_id=service_id, by=keeper.id, at=timezone.now(), reason=form.cleaned_data["reason"]
    )
    return _back(service_id, "withdrawn")


@require_POST
def alert(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """A short notice beside the entry."""
    keeper, at = _in_scope(request, service_id), timezone.now()
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _page(request, keeper, service_id, status=422, alert_form=form)
    today = at.astimezone(JAPAN).date()
    actions.set_alert(service_id=service_id, by=keeper.id, at=at, **form.values(today))
    return _back(service_id, "alert")


@require_POST
def withdraw_alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take a notice away."""
    keeper = keeper_of(request)
    found = queries.alert_in_scope(alert_id, keeper.organizations)
    if found is None:
        raise Http404
    actions.withdraw_alert(alert_id=alert_id, by=keeper.id, at=timezone.now())
    return _back(found.service_id, "alert_withdrawn")


@require_POST
def availability(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Whether there is room today."""
    keeper = _in_scope(request, service_id)
    form = AvailabilityForm(request.POST)
    if not form.is_valid():
        return _page(request, keeper, service_id, status=422, room_form=form)
    actions.set_availability(
        service_id=service_id, by=keeper.id, at=timezone.now(), **form.cleaned_data
    )
    return _back(service_id, "room")


@require_POST
def link(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """A link with which the organization itself says that all is still right. It is shown this once."""
    keeper = _in_scope(request, service_id)
    made = actions.make_confirmation_link(service_id=service_id, by=keeper.id, at=timezone.now())
    path = reverse("directory:confirm", kwargs={"display": Display(), "token": made.token})
    context = {"address": request.build_absolute_uri(path), "expires_at": made.expires_at}
    return _page(request, keeper, service_id, link=context)


def _in_scope(request: HttpRequest, service_id: UUID) -> Keeper:
    keeper = keeper_of(request)
    if queries.scoped(service_id, keeper.organizations) is None:
        raise Http404
    return keeper


def _page(
    request: HttpRequest, keeper: Keeper, service_id: UUID, *, status: int = 200, **extra: Any
) -> HttpResponse:
    at: datetime = timezone.now()
    found = queries.entry(service_id, keeper.organizations, at=at)
    if found is None:
        raise Http404
    context = {
        "entry": found,
        "draft": queries.draft_of(keeper.id, str(service_id)),
        "said": request.GET.get("said", ""),
        "today": at.astimezone(JAPAN).date(),
        "alert_form": AlertForm(),
        "room_form": AvailabilityForm(initial=_room(found)),
        "reason_form": ReasonForm(),
        "word_form": SourceWordForm(),
        "lacking": (),
        "may_suspend": keeper.actor.has(*MAY_SUSPEND, organization=found.service.organization_id),
        "may_merge": keeper.actor.has(*MAY_MERGE, organization=found.service.organization_id),
        "link": None,
    }
    return render(request, "directory/staff/service.html", {**context, **extra}, status=status)


def _room(entry: queries.Entry) -> dict[str, Any]:
    service = entry.service
    return {
        "availability": service.availability,
        "note": service.availability_note,
        "capacity": service.capacity,
    }


def _back(service_id: UUID, said: str) -> HttpResponse:
    address = reverse("directory_staff:service", kwargs={"service_id": service_id})
    return HttpResponseRedirect(f"{address}?said={said}")
