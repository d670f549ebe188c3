"""Days that differ, and who is on duty."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from madobe.desks import actions, queries
from madobe.desks.choices import DayKind
from madobe.desks.forms.short import SpecialDaysForm, TurnForm
from madobe.desks.registry import members_for
from madobe.desks.rules.opening import minute_of
from madobe.desks.views.door import opened


@require_http_methods(["GET", "POST"])
def days(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """Closed days and days open besides; one more of them."""
    at = timezone.now()
    seen = opened(request, desk_id, to_change=request.method == "POST")
    form = SpecialDaysForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason, by = form.cleaned_data["reason"], seen.actor.id
            if form.cleaned_data["kind"] == DayKind.OPEN:
                opens, closes = form.times
                actions.open_besides(
                    desk_id=desk_id, day=form.first, opens_at=opens, closes_at=closes, reason=reason, by=by, at=at
                )  # fmt: skip
            else:
                actions.close_days(
                    desk_id=desk_id, first=form.first, last=form.last, reason=reason, by=by, at=at
                )
            messages.success(request, _("残しました。これからのお返事の約束に入ります。"))
            return redirect("desks_staff:days", desk_id=desk_id)
    context = {
        "desk": seen.desk,
        "may_change": seen.may_change,
        "form": form,
        "found": queries.special_days_of(seen.desk, since=minute_of(at)[0]),
        "effect": queries.effect_of(queries.settings_of(seen.desk), desk_id=desk_id, at=at),
    }
    return render(request, "desks/staff/days.html", context, status=status)


@require_POST
def remove_days(request: HttpRequest, desk_id: UUID, days_id: UUID) -> HttpResponse:
    """Take special days out again."""
    seen = opened(request, desk_id, to_change=True)
    actions.remove_days(desk_id=desk_id, days_id=days_id, by=seen.actor.id, at=timezone.now())
    messages.success(request, _("取りました。"))
    return redirect("desks_staff:days", desk_id=desk_id)


@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """A week of duty; one more turn."""
    at = timezone.now()
    seen = opened(request, desk_id, to_change=request.method == "POST")
    monday = queries.monday_of(request.GET.get("week", ""), at=at)
    members = members_for(seen.desk.organization_id)
    today = minute_of(at)[0]
    day = today if monday <= today < monday + timedelta(days=7) else monday
    form = TurnForm(request.POST or None, members=members, initial={"day": day.isoformat()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                turn = actions.plan_turn(desk_id=desk_id, by=seen.actor.id, at=at, **form.read())
            except actions.OnDutyAlready:
                form.add_error("starts", _("この人の当番と、時間がかさなっています。"))
            else:
                messages.success(request, _("当番に入れました。"))
                return _to_week(desk_id, minute_of(turn.starts_at)[0].isoformat())
    context = {
        "desk": seen.desk,
        "may_change": seen.may_change,
        "form": form,
        "has_members": bool(members),
        "week": queries.duty_week(seen.desk, monday, at=at),
        "monday": monday,
        "before": (monday - timedelta(days=7)).isoformat(),
        "after": (monday + timedelta(days=7)).isoformat(),
        "alone": queries.when_alone(desk_id),
    }
    return render(request, "desks/staff/duty.html", context, status=status)


@require_POST
def remove_turn(request: HttpRequest, desk_id: UUID, turn_id: UUID) -> HttpResponse:
    """Take a turn out."""
    seen = opened(request, desk_id, to_change=True)
    at = timezone.now()
    actions.remove_turn(desk_id=desk_id, turn_id=turn_id, by=seen.actor.id, at=at)
    messages.success(request, _("当番から取りました。"))
    return _to_week(desk_id, queries.monday_of(request.POST.get("week", ""), at=at).isoformat())


def _to_week(desk_id: UUID, day: str) -> HttpResponse:
    return redirect(f"{reverse('desks_staff:duty', kwargs={'desk_id': desk_id})}?week={day}")
