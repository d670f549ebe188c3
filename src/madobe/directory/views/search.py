"""Looking for a place by words, area and what matters. The words travel in the form and end with the page."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from madobe.directory import municipalities, queries
from madobe.directory.search.care import now_card
from madobe.directory.search.question import LONGEST_TEXT as READ_AT_MOST
from madobe.directory.search.words import read
from madobe.directory.views import asked as asking
from madobe.directory.views.asked import LONGEST_PLACE, PAGE, Asked
from madobe.directory.views.chips import function_chips, kind_chips, need_choices, needs_of
from madobe.ui.display import Display

UNPROCESSABLE = 422
FORM = "told"  # the form that carries everything; the display buttons belong to it
OWN_FIELDS = ("text", "place")  # shown on every state of this page
SHOWN_WITH_ANSWER = (*OWN_FIELDS, "who", "age", "first")


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest, display: Display) -> HttpResponse:
    """The box, or what was found. A GET with an area, kinds or needs is an address somebody chose to share."""
    at = timezone.now()
    told = asking.asked_of(request) if request.method == "POST" else asking.shared_with(request)
    context: dict[str, Any] = {
        "asked": told,
        "display_form": FORM,
        "display_go": "stay",
        "enter_go": "search",
        "card": now_card(told.text, language=display.language, at=at),
        "faults": _faults(told),
    }
    if context["faults"] or not told.asks:
        status = UNPROCESSABLE if context["faults"] else 200
        return render(request, "directory/search.html", context | _empty(told), status=status)
    context |= _found(told, at, display)
    context |= {"is_shared": request.method == "GET", "who_choices": _who_choices()}
    if context["share_address"]:
        context["share_address"] = request.build_absolute_uri(context["share_address"])
    return render(request, "directory/found.html", context)


def _empty(told: Asked) -> dict[str, Any]:
    shown = (*OWN_FIELDS, "need", "first")
    return {"carried": list(told.carried(shown)), "need_choices": need_choices(told)}


def _found(told: Asked, at: datetime, display: Display) -> dict[str, Any]:
    place = municipalities.resolve(told.place) if told.place else municipalities.Resolution()
    area = (
        place.area if told.place else read(told.text).area
    )  # a place named in the words counts as well
    question = told.question(area.code if area else "", area.prefecture if area else "")
    answer = queries.search(question, at=at)
    if told.first and not answer.hits and answer.total:  # the last page of a search that has shrunk
        told = replace(told, first=0)
        answer = queries.search(told.question(question.municipality, question.prefecture), at=at)
    first_needs, other_needs = needs_of(told, answer)
    code = area.code or area.prefecture if area else ""
    shareable = asking.shareable(told, code)
    address = reverse("directory:search", kwargs={"display": display})
    return {
        "asked": told,
        "answer": answer,
        "found": queries.found_places(answer.hits, at=at),
        "area_name": asking.full_name(area) if area else "",
        "prefecture": municipalities.prefecture_name(area.prefecture) if area else "",
        "place_candidates": () if area else place.candidates,
        "place_nearest": () if area else place.nearest,
        "place_unknown": bool(told.place) and area is None,
        "place_note": place.note if area else "",
        "read_partly": len(told.text) > READ_AT_MOST,
        "first_needs": first_needs,
        "other_needs": other_needs,
        "kinds": kind_chips(told, answer),
        "functions": function_chips(told),
        "narrowed": bool(told.who or told.age or told.functions),
        "before": max(told.first - PAGE, 0) if told.first else None,
        "after": told.first + PAGE if told.first + PAGE < answer.total else None,
        "from_number": told.first + 1,
        "to_number": told.first + len(answer.hits),
        "shareable": shareable,
        "share_address": f"{address}?{urlencode(shareable)}" if shareable else "",
        "carried": list(told.carried(SHOWN_WITH_ANSWER)),
    }


def _who_choices() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("だれでも")),
        ("self", _("ご本人")),
        ("family", _("ご家族")),
        ("friend", _("友人・知人")),
        ("worker", _("支援の仕事で")),
    )


def _faults(told: Asked) -> dict[str, int]:
    """What has to be mended before a search, by its field, with how long it is where that matters."""
    faults: dict[str, int] = {}
    if len(told.text) > asking.LONGEST_TEXT:
        faults["text"] = len(told.text)
    if len(told.place) > LONGEST_PLACE:
        faults["place"] = len(told.place)
    if told.years is None:
        faults["age"] = 0
    return faults
