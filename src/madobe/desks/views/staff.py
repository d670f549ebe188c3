"""Desks on staff pages: the list, one of them, its settings, in and out of set-up mode."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.desks import actions, queries
from madobe.desks.forms.settings import HOURS, SettingsForm
from madobe.desks.forms.short import NewDeskForm
from madobe.desks.registry import readiness_of
from madobe.desks.rules.scope import CHANGING, organizations_seen
from madobe.desks.views.door import Opened, opened, somebody_who_changes
from madobe.lib.actor import EVERYWHERE
from madobe.ui.staff import staff_of


@require_GET
def desks(request: HttpRequest) -> HttpResponse:
    """Every desk somebody sees, with what it would promise now."""
    actor, at = staff_of(request), timezone.now()
    rows = [
        (desk, queries.effect_of(queries.settings_of(desk), desk_id=desk.pk, at=at))
        for desk in queries.desks_of(organizations_seen(actor))
    ]
    may_make = bool(actor.organizations(*CHANGING))
    return render(request, "desks/staff/desks.html", {"rows": rows, "may_make": may_make})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new desk, in set-up mode."""
    actor = somebody_who_changes(request)
    ids = list(actor.organizations(*CHANGING))
    places = None if EVERYWHERE in ids else queries.organizations_by_id(ids)
    form = NewDeskForm(request.POST or None, places=places)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            written = given.get("organization_name", "")
            organization = queries.organization_named(written) if places is None else UUID(given["organization"])  # fmt: skip
            if written and organization is None:
                form.add_error("organization_name", _("この名前の団体は、一覧にひとつだけ見つかると使えます。名前をもういちど見てみませんか。"))  # fmt: skip
            else:
                desk = actions.open_desk_up(
                    name=given["name"], organization=organization, by=actor.id, at=timezone.now()
                )
                messages.success(
                    request, _("窓口をつくりました。準備がすむまで、手紙は届きません。")
                )
                return redirect("desks_staff:settings", desk_id=desk.pk)
    return render(request, "desks/staff/new.html", {"form": form}, status=status)


@require_GET
def desk(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """One desk: whether letters arrive, what it promises now, what is still to do."""
    return _page(request, opened(request, desk_id))


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """Everything it says of itself; 「ためす」 shows what changed settings would do and saves nothing."""
    seen, at = opened(request, desk_id, to_change=True), timezone.now()
    stored = queries.settings_of(seen.desk)
    shown, status, lacking = stored, 200, []
    form = SettingsForm(settings=stored)
    if request.method == "POST":
        form = SettingsForm(_with_a_row_more(request), settings=stored)
        if "more" not in request.POST:
            if form.is_valid():
                shown = form.read()
                if request.POST.get("go") != "try":
                    try:
                        actions.change_desk(desk_id=desk_id, changes=shown, by=seen.actor.id, at=at)
                    except actions.StillNeeded as refusal:
                        lacking, status = refusal.items, 422
                    except actions.HoursNotReadable:
                        form.add_error(None, _("この時間の組みあわせは、読めませんでした。書いたものは、そのまま残っています。"))  # fmt: skip
                        shown, status = stored, 422
                    else:
                        messages.success(request, _("残しました。"))
                        return redirect("desks_staff:desk", desk_id=desk_id)
            else:
                status = 422
    context = {
        "desk": seen.desk,
        "form": form,
        "lacking": lacking,
        "effect": queries.effect_of(shown, desk_id=desk_id, at=at),
        "is_tried": shown is not stored,
        "has_faults": status == 422 and not lacking,
    }
    return render(request, "desks/staff/settings.html", context, status=status)


@require_POST
def open_up(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """Let letters arrive."""
    seen = opened(request, desk_id, to_change=True)
    keys = readiness_of(desk_id)
    try:
        actions.leave_set_up_mode(
            desk_id=desk_id, key_holders=keys.key_holders, drill_passed=keys.drill_passed,
            by=seen.actor.id, at=timezone.now(),
        )  # fmt: skip
    except actions.SetUpIsNotDone:
        return _page(request, seen, status=422)
    messages.success(request, _("この窓口に、手紙が届くようになりました。"))
    return redirect("desks_staff:desk", desk_id=desk_id)


@require_POST
def set_up(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """Let nothing new arrive."""
    seen = opened(request, desk_id, to_change=True)
    actions.return_to_set_up_mode(
        desk_id=desk_id, by=seen.actor.id, at=timezone.now(), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("新しい手紙は、届かなくなりました。いまある手紙は、そのままです。"))
    return redirect("desks_staff:desk", desk_id=desk_id)


def _page(request: HttpRequest, seen: Opened, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    context = {
        "desk": seen.desk,
        "may_change": seen.may_change,
        "effect": queries.effect_of(queries.settings_of(seen.desk), desk_id=seen.desk.pk, at=at),
        "missing": [] if seen.desk.is_open else queries.missing_for(seen.desk, at=at),
    }
    return render(request, "desks/staff/desk.html", context, status=status)


def _with_a_row_more(request: HttpRequest) -> Any:
    if request.POST.get("more") != HOURS:
        return request.POST
    data = request.POST.copy()
    text = data.get(f"{HOURS}-rows", "")
    data[f"{HOURS}-rows"] = str(int(text) + 1 if text.isascii() and text.isdigit() else 1)
    return data
