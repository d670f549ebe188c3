"""A form as a browser sends it, and a clock that stands still."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils import timezone

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
Typed = dict[str, list[str]]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def filled_in() -> Callable[[HttpResponse], Typed]:
    """What a browser would send of the entry form on a page, buttons left out."""

    def read(answer: HttpResponse) -> Typed:
        form = BeautifulSoup(answer.content.decode(), "html.parser").select_one("form#entry")
        assert form is not None
        typed: Typed = {}
        for field in form.select("input[name], textarea[name], select[name]"):
            name = str(field["name"])
            if field.name == "textarea":
                typed.setdefault(name, []).append(field.text.removeprefix("\n"))
            elif field.name == "select":
                chosen = field.select_one("option[selected]") or field.select_one("option")
                typed.setdefault(name, []).append(str(chosen["value"]))
            elif field.get("type") in ("checkbox", "radio"):
                if field.has_attr("checked"):
                    typed.setdefault(name, []).append(str(field.get("value", "on")))
            else:
                typed.setdefault(name, []).append(str(field.get("value", "")))
        typed.pop("csrfmiddlewaretoken", None)
        return typed

    return read
