"""Every test at the door begins with nobody having tried anything, and sees pages of ours only."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test.signals import template_rendered

from tests.factories.keys import CHEAP

OURS = ("accounts/", "consult/", "ui/", "web/", "directory/", "guide/", "django/forms/")


@pytest.fixture(autouse=True)
def _nothing_tried_yet() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _no_page_of_the_library() -> Iterator[None]:
    """The sign-in library brings pages of its own: none of them may ever be shown."""
    foreign: list[str] = []

    def look(template: Any, **kwargs: Any) -> None:
        if template.name and not template.name.startswith(OURS):
            foreign.append(template.name)

    template_rendered.connect(look)
    yield
    template_rendered.disconnect(look)
    assert foreign == []


@pytest.fixture(autouse=True)
def _keys_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key takes 64 MiB and a tenth of a second on purpose; tests of the cost itself ask the rules."""
    monkeypatch.setattr("madobe.accounts.actions.keys.own.COST", CHEAP)
