"""A morning at a desk that also has e-mail and LINE."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from madobe.desks.models import Desk
from tests.factories.answering import MORNING, Person, make_colleague, people
from tests.factories.desk import World, make_world
from tests.factories.keys import CHEAP
from tests.factories.line_server import SECRET, TOKEN, Line, line_server
from tests.factories.mail_servers import Post, smtp_server

WAYS = ["web", "phone_log", "letter", "calendar", "email", "line"]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("madobe.accounts.actions.keys.own.COST", CHEAP)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(MORNING, tick=False):
        made = make_world()
        desk = Desk.objects.get(pk=made.desk.pk)
        desk.channels = WAYS
        desk.save()
        yield made


@pytest.fixture
def hana(world: World) -> Person:
    return people(world)[0]


@pytest.fixture
def sora(world: World) -> Person:
    return people(world)[1]


@pytest.fixture
def mei(world: World) -> Person:
    """Answers at the desk, is in no duty group and on no turn."""
    return make_colleague(world, "mei@example.jp", "見本 めい", in_group=False)


@pytest.fixture
def post(settings) -> Iterator[Post]:
    with smtp_server() as server:
        settings.MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def line(settings) -> Iterator[Line]:
    with line_server() as server:
        settings.LINE_API, settings.LINE_SECRET, settings.LINE_TOKEN = server.url, SECRET, TOKEN
        settings.LINE_DESK = ""
        yield server
        assert server.complaints == []
