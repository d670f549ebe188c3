"""One place, a few side by side, the list put aside, and where they are: all of it travels in the form."""

from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from madobe.directory import queries
from madobe.directory.rules.kept import letters_of_places, places_of_letters
from madobe.directory.rules.sketch import sketch_of
from madobe.directory.views.asked import MOST_COMPARED, MOST_KEPT, Asked, asked_of
from madobe.ui.display import Display

QR_SCALE, QR_BORDER = 4, 4
LONGEST_QR = 1_200  # letters; beyond this a phone's camera struggles
FEW = 2  # what comparing needs at least


def _flow(told: Asked, shown: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "asked": told,
        "carried": list(told.carried(shown)),
        "display_form": "told",
        "display_go": "stay",
    }


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, display: Display, place_id: UUID) -> HttpResponse:
    """One place to go: everything needed to reach it, and how sure we are. By POST it carries search and list."""
    found = queries.place(place_id, at=timezone.now())
    if found is None:
        raise Http404
    told = asked_of(request)
    here = reverse("directory:place", kwargs={"display": display, "place_id": place_id})
    context = {
        "place": found,
        "address": request.build_absolute_uri(here),
        "is_kept": place_id in told.kept,
        "is_compared": place_id in told.compared,
        "suggest_url": _if_there("directory:suggest", display=display, place_id=place_id),
    }
    return render(request, "directory/place.html", context | _flow(told))


@require_GET
def place_qr(request: HttpRequest, display: Display, place_id: UUID) -> HttpResponse:
    """The address of a place page as a square to photograph; drawn only when somebody looks at it."""
    if queries.place(place_id, at=timezone.now()) is None:
        raise Http404
    here = reverse("directory:place", kwargs={"display": display, "place_id": place_id})
    drawn = segno.make(request.build_absolute_uri(here), error="m", micro=False)
    svg = BytesIO()
    drawn.save(svg, kind="svg", scale=QR_SCALE, border=QR_BORDER, dark="#000", light="#fff")
    return HttpResponse(svg.getvalue(), content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, display: Display) -> HttpResponse:
    """Up to four places beside each other: the same facts in the same order, and no verdict."""
    told = asked_of(request)
    found = queries.places(told.compared[:MOST_COMPARED], at=timezone.now())
    context = {
        "places": found,
        "too_many": len(told.compared) > MOST_COMPARED,
        "too_few": len(found) < FEW,
    }
    return render(request, "directory/compare.html", context | _flow(told))


@require_http_methods(["GET", "POST"])
def my_list(request: HttpRequest, display: Display, letters: str = "") -> HttpResponse:
    """The places put aside. `letters`: the list of an address somebody chose to make."""
    told = asked_of(request)
    if letters and request.method == "GET":
        told = Asked(kept=places_of_letters(letters)[:MOST_KEPT])
    found = queries.places(told.kept, at=timezone.now())
    address = ""
    if found and request.POST.get("make") == "address":
        kept = letters_of_places([UUID(one.id) for one in found])
        here = reverse("directory:shared_list", kwargs={"display": display, "letters": kept})
        address = request.build_absolute_uri(here)
    context = {
        "found": [(one, number) for number, one in enumerate(found, start=1)],
        "gone": len(told.kept) - len(found),
        "is_full": len(told.kept) >= MOST_KEPT,
        "address": address,
        "qr": _qr(address),
        "one_a_sheet": request.POST.get("sheets") == "one",
    }
    return render(request, "directory/my_list.html", context | _flow(told))


@require_http_methods(["GET", "POST"])
def show_map(request: HttpRequest, display: Display) -> HttpResponseBase:
    """Where these places are: addresses first, a sketch, and pictures of a map only where somebody asks."""
    told = asked_of(request)
    shown = told_places(request, told)
    found = queries.places_with_points(shown, at=timezone.now())
    context: dict[str, Any] = {
        "found": found,
        "elsewhere": len(shown) - len(found),
        "sketch": sketch_of([point for _place, point in found if point]),
        "tiles": settings.TILES,
        "tiles_credit": settings.TILES_CREDIT,
        "tiles_host": settings.TILES_HOST,
    }

    def draw(request: HttpRequest) -> HttpResponseBase:
        return render(request, "directory/map.html", context | _flow(told))

    if not settings.TILES_HOST:
        return draw(request)
    return csp_update({"img-src": [settings.TILES_HOST]})(draw)(request)  # this page alone


def told_places(request: HttpRequest, told: Asked) -> list[UUID]:
    """The places of the page somebody came from: one that is named, else the rows that were shown, else the list."""
    for name in ("at", "shown"):
        found: dict[UUID, None] = {}
        for value in request.POST.getlist(name)[:MOST_KEPT]:
            try:
                found[UUID(value)] = None
            except ValueError:
                continue
        if found:
            return list(found)
    return list(told.kept)


def _qr(address: str) -> SafeString | None:
    if not address or len(address) > LONGEST_QR:
        return None
    drawn = segno.make(address, error="l", micro=False)
    # segno writes the SVG itself; the address is inside the pattern, never in the markup.
    return mark_safe(
        drawn.svg_inline(
            scale=QR_SCALE,
            border=QR_BORDER,
            omitsize=True,
            dark="#000",
            light="#fff",
            title=_("四角い印"),
        )
    )


def _if_there(name: str, **arguments: object) -> str:
    """The address of a page that this installation may not have; "" without it."""
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
