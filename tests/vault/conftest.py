"""The tables of `letters`, made once; registered for the tests that ask for them."""

from collections.abc import Iterator
from typing import Any

import pytest

from .letters import drop_tables, make_tables, registered


@pytest.fixture(scope="session")
def _letters_made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        make_tables()
    yield
    with django_db_blocker.unblock():
        drop_tables()


@pytest.fixture
def letters(_letters_made: None) -> Iterator[None]:
    """A floor above with two sealed columns and a column of grants."""
    with registered():
        yield
