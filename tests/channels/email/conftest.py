from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.factories.mail_servers import Box, dovecot


@pytest.fixture(scope="session")
def imap_port() -> Iterator[int]:
    """A Dovecot of our own, for all tests."""
    with dovecot() as port:
        yield port


@pytest.fixture
def box(imap_port: int) -> Box:
    """An empty box of letters."""
    return Box(imap_port, f"desk-{uuid4().hex[:12]}")
