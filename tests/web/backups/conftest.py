"""Machines to back up and to restore on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.factories.hosts import Host, drop_templates, host

NewHost = Callable[..., Host]


@pytest.fixture
def new_host(tmp_path: Path, django_db_setup: None, django_db_blocker) -> Iterator[NewHost]:
    """Makes a machine: with tables, or (`migrated=False`) with nothing on it."""
    with ExitStack() as stack, django_db_blocker.unblock():
        made: list[Host] = []

        def one(*, migrated: bool = True) -> Host:
            folder = tmp_path / f"host-{len(made)}"
            made.append(stack.enter_context(host(folder, migrated=migrated)))
            return made[-1]

        yield one


@pytest.fixture(scope="session", autouse=True)
def _no_template_stays(django_db_blocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        drop_templates()
