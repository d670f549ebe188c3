"""The list of threads, and what who coordinates sees of a desk."""

from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madobe.consult.actions.staff import desk as desk_actions
from madobe.consult.actions.staff.notices import send_due_notices
from madobe.consult.actions.staff.reading import note_lines_read
from madobe.consult.forms.staff import TemplateForm, TraineeForm
from madobe.consult.queries.staff import inbox as queries
from madobe.consult.queries.staff.lead import led_desks, templates_of
from madobe.consult.reach import Hand
from madobe.consult.views.staff.door import UNPROCESSABLE, at_desk, key_in, unchanged

LISTS: Final = (
    ("", _("いま")),
    (queries.MINE, _("わたしの担当")),
    (queries.UNASSIGNED, _("担当を待つ")),
    (queries.LOOKS, _("見てもらう")),
    (queries.QUIET, _("静かに待つ")),
    (queries.RESTING, _("お休み中")),
    (queries.CLOSED, _("ひと区切り")),
)


@at_desk("GET")
def inbox(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """Who waits, in the order they wait."""
    send_due_notices(hand=hand, at=at)
    return render(request, "consult/staff/inbox.html", _listed(request, hand, at))


@at_desk("GET")
def poll(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """The rows when something of them is new, else 304."""
    tag = queries.mark_of(hand, at=at, only=_only(request))
    response = unchanged(request, tag)
    if response is None:
        response = render(request, "consult/staff/_rows.html", _listed(request, hand, at))
        response.headers["ETag"] = f'"{tag}"'
    return response


@at_desk("GET")
def lead(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """What waits and who carries how much, for who coordinates."""
    desks = led_desks(hand, at=at)
    if not desks:
        raise Http404
    return render(request, "consult/staff/lead.html", {"desks": desks})


@at_desk("POST")
def trainee(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """Somebody learns, or has learned."""
    form = TraineeForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    try:
        desk_actions.name_trainee(
            hand=hand, desk_id=said["desk"], member=said["member"], learns=said["learns"], at=at
        )
    except (desk_actions.NotTheirDesk, desk_actions.NobodyOfTheDesk):
        raise Http404 from None
    return HttpResponseRedirect(reverse("consult_staff:lead"))


@at_desk("GET", "POST")
def templates(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """Beginnings of answers, by desk."""
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            if "drop" in request.POST:
                desk_actions.drop_template(hand=hand, template_id=key_in(request, "drop"), at=at)
            elif form.is_valid():
                said = form.cleaned_data
                desk_actions.keep_template(
                    hand=hand, desk_id=said["desk"], title=said["title"], text=said["text"], at=at
                )
            else:
                context = {"desks": templates_of(hand), "form": form}
                return render(request, TEMPLATES, context, status=UNPROCESSABLE)
        except desk_actions.NotTheirDesk:
            raise Http404 from None
        return HttpResponseRedirect(reverse("consult_staff:templates"))
    return render(request, TEMPLATES, {"desks": templates_of(hand), "form": form})


TEMPLATES: Final = "consult/staff/templates.html"


def _only(request: HttpRequest) -> str:
    only = request.GET.get("only", "")
    return only if only in queries.FILTERS or only.startswith(queries.HELD) else ""


def _listed(request: HttpRequest, hand: Hand, at: datetime) -> dict[str, Any]:
    only = _only(request)
    found = queries.inbox(hand, at=at, only=only)
    note_lines_read(by=hand.id, threads=[one.id for one in found.rows if one.is_opened], at=at)
    return {
        "found": found,
        "only": only,
        "lists": LISTS,
        "leads": any(hand.leads(one) for one in hand.desks),
        "shown": {way for desk in hand.desks for way in desk.channels},
    }
