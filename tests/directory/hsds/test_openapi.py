"""The OpenAPI document is true: schemathesis asks whatever it allows and forbids, nothing answers with a 5xx."""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from madobe.directory.api.openapi import openapi_document

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("MADOBE_EXAMPLES", "12"))  # an operation; bench/hsds.py asks for more


@pytest.fixture(autouse=True)
def connection_kept():
    """Django's own test client does the same: the connection of the test outlives a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(openapi_document("http://127.0.0.1/api/hsds"))
schema.app = get_wsgi_application()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_every_operation_keeps_its_word(case):
    # its WSGI transport does not unpack gzip
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
