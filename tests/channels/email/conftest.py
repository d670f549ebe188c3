from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.factories.mail_servers import Box, Host, dovecot


@pytest.fixture(scope="session")
def imap_host() -> Iterator[Host]:
    """A Dovecot of our own, for all tests."""
    with dovecot() as host:
        yield host


@pytest.fixture
def box(imap_host: Host) -> Box:
    """An empty box of letters."""
    return Box(imap_host, f"desk-{uuid4().hex[:12]}")
