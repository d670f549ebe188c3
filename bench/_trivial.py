"""The trivial page of docs/contract.md: same middleware and base template, ten constant rows, no query."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path, register_converter

from madobe.directory.rules.place import HoursNow, PhoneLine, Place, TextDoor
from madobe.ui.display import Display, DisplayConverter

register_converter(DisplayConverter, "display")

ROWS = tuple(
    Place(
        id=f"00000000-0000-4000-8000-{number:012d}",
        kind="municipal_window",
        kinds=("municipal_window",),
        name=f"見本の相談窓口 {number}",
        organization="見本市 福祉総務課",
        area_name="見本市",
        content="ご本人とご家族の相談をうけています。",
        methods=("in_person", "phone", "mail"),
        audience=("self", "family"),
        family_only_ok=True,
        reservation="none",
        fee="free",
        address="見本市中央町1-1-1",
        phones=(PhoneLine("042-000-0000", "2853"),),
        text_doors=(TextDoor("mail", "window@example.jp"), TextDoor("counter_memo", "")),
        hours=HoursNow(
            open_now=True, closes_at=datetime(2026, 11, 24, 8, 15, tzinfo=UTC), today="08:30–17:15"
        ),
        source_name="見本",
        source_date=date(2026, 11, 1),
        verified_date=date(2026, 11, 20),
    )
    for number in range(10)
)
PAGE = engines["django"].from_string(
    '{% extends "ui/base.html" %}{% block main %}'
    '{% for place in places %}{% include "directory/_place_row.html" with place=place only %}{% endfor %}'
    "{% endblock main %}"
)


def trivial(request: HttpRequest, display: Display) -> HttpResponse:
    return HttpResponse(PAGE.render({"places": ROWS}, request))


urlpatterns = [path("<display:display>/trivial/", trivial), path("", include("config.urls"))]
