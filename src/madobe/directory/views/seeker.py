"""What anyone sees of the directory: regions, places, the desks that need no voice."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from madobe.directory import municipalities, queries
from madobe.directory.choices import Kind
from madobe.directory.municipalities.region import region
from madobe.ui.display import Display

LONGEST_QUERY = 100


@require_GET
def area_search(request: HttpRequest, display: Display) -> HttpResponse:
    """Choose a region: by name, or from the list of prefectures. An ambiguous name asks which."""
    query = request.GET.get("q", "").strip()
    context: dict[str, object] = {
        "query": query[:LONGEST_QUERY],
        "prefectures": municipalities.prefectures().values(),
    }
    if not query:
        return render(request, "directory/area_search.html", context)
    found = municipalities.resolve(query[:LONGEST_QUERY])
    if found.area is not None:
        code = found.ward.code if found.ward else found.area.code or found.area.prefecture
        address = reverse("directory:area", kwargs={"display": display, "code": code})
        if found.note and not found.ward:  # a name of former times: its page says what became of it
            address += "?" + urlencode({"q": query[:LONGEST_QUERY]})
        return HttpResponseRedirect(address)
    context |= {"candidates": found.candidates, "nearest": found.nearest, "asked": True}
    return render(
        request, "directory/area_search.html", context, status=200 if found.candidates else 404
    )


@require_GET
def area(request: HttpRequest, display: Display, code: str) -> HttpResponse:
    """One region: its own windows, then the prefecture's, then the nation's (S0-30)."""
    here = region(code)
    if here is None:
        raise Http404
    written = municipalities.resolve(request.GET.get("q", "")[:LONGEST_QUERY])
    note = written.note if written.area and written.area.code == code else ""
    groups = queries.region_page(here, at=timezone.now())
    context = {
        "region": here,
        "groups": groups,
        "note": note,
        "centre_unlisted": here.has_centre and not _has_centre(groups),
    }
    return render(request, "directory/area.html", context)


@require_GET
def text_desks(request: HttpRequest, display: Display) -> HttpResponse:
    """Desks reached without a voice, open ones first."""
    return render(
        request, "directory/text_desks.html", {"desks": queries.text_desks(at=timezone.now())}
    )


@require_GET
def open_now(request: HttpRequest, display: Display) -> HttpResponse:
    """Who can be talked to at this minute, all over the country, and the way to one's own region."""
    at = timezone.now()
    lines = [line for line in queries.crisis_lines(at=at) if not line.immediate and line.open_now]
    return render(request, "directory/open_now.html", {"lines": lines, "at": at})


def _has_centre(groups: list[queries.PlaceGroup]) -> bool:
    """Whether a centre of the region itself is listed; the nationwide entry is only the way to find it."""
    return any(
        kind == Kind.HIKIKOMORI_CENTER
        for group in groups
        if group.distance != "nation"
        for kind, _count in group.kinds
    )
