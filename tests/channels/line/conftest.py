from collections.abc import Iterator

import pytest

from tests.factories.line_server import SECRET, TOKEN, Line, line_server


@pytest.fixture
def line(settings) -> Iterator[Line]:
    """LINE, on loopback; at the end nothing may have reached it that LINE does not know."""
    with line_server() as server:
        settings.LINE_API = server.url
        settings.LINE_SECRET, settings.LINE_TOKEN, settings.LINE_DESK = SECRET, TOKEN, "akishima"
        yield server
        assert server.complaints == []
