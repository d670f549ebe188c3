"""What tests of pages stand on: the founding facts, and a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from madobe.directory.actions.founding import load_founding
from madobe.directory.rules.hours import JAPAN

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=JAPAN)  # a Friday


@pytest.fixture(scope="module", autouse=True)
def founding(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once; each test's own changes are rolled back inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_founding(by="test", at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The minute at which pages are made; `clock("2026-11-20T19:00")` moves it, in Japan."""

    def put(text: str) -> None:
        at = datetime.fromisoformat(text).replace(tzinfo=JAPAN)
        monkeypatch.setattr(timezone, "now", lambda: at)

    put("2026-11-20T12:00")
    return put
