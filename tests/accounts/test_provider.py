"""Signing in at the organization's own provider (OpenID Connect), for people who were invited here."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from madobe.accounts.models import User
from tests.factories.accounts import code_now, give_app, make_user

pytestmark = pytest.mark.django_db
LOGIN, BACK = "/accounts/provider/office/", "/accounts/provider/office/back/"


class Provider(BaseHTTPRequestHandler):
    """Just enough of a provider: it vouches for whoever `person` is."""

    person: ClassVar[dict[str, object]] = {}
    issuer = ""

    def do_GET(self) -> None:  # noqa: N802
        if self.path.startswith("/.well-known/"):
            self._say(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    "jwks_uri": f"{self.issuer}/keys",
                }
            )
        else:
            self._say(self.person)

    def do_POST(self) -> None:  # noqa: N802
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = self.person | {"iss": self.issuer, "aud": "madobe", "exp": 4_000_000_000, "iat": 1}
        token = jwt.encode(claims, "a key long enough for the signature of a test", "HS256")
        self._say({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _say(self, document: dict[str, object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings) -> Iterator[type[Provider]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Provider.issuer = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    settings.OIDC_ISSUER, settings.OIDC_NAME = Provider.issuer, "市役所の入口"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "office",
                    "name": "市役所の入口",
                    "client_id": "madobe",
                    "secret": "secret",
                    "settings": {"server_url": Provider.issuer},
                }
            ]
        }
    }
    yield Provider
    server.shutdown()
    server.server_close()


def come_by(client: Client, provider: type[Provider], email: str, *, verified: bool = True) -> str:
    """Walk to the provider and back as the person with this address; gives where one lands."""
    provider.person = {"sub": "42", "email": email, "email_verified": verified}
    away = urlsplit(client.post(LOGIN)["Location"])
    assert away.path == "/authorize"
    state = parse_qs(away.query)["state"][0]
    return client.get(BACK, {"state": state, "code": "c"})["Location"]


def test_our_second_step_follows_by_default(client: Client, provider: type[Provider]):
    give_app(make_user())
    assert come_by(client, provider, "hana@example.jp") == "/accounts/sign-in/second/"
    assert client.get("/staff/").status_code == 302
    client.post("/accounts/sign-in/second/", {"code": code_now()})
    assert client.get("/staff/").status_code == 200


def test_where_the_house_says_so_the_provider_counts_as_both_steps(
    client: Client, provider: type[Provider], settings
):
    settings.OIDC_SECOND_STEP = False
    make_user()
    assert come_by(client, provider, "hana@example.jp") == "/staff/"
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("email", "verified"), [("nobody@example.jp", True), ("hana@example.jp", False)]
)
def test_nobody_comes_in_who_was_not_invited_or_whose_address_is_not_verified(
    client: Client, provider: type[Provider], email: str, verified: bool
):
    give_app(make_user())
    lands = come_by(client, provider, email, verified=verified)
    assert client.get(lands).status_code == 200
    assert client.get("/staff/").status_code == 302
    assert User.objects.count() == 1


def test_somebody_who_has_left_does_not_come_in_by_the_provider(
    client: Client, provider: type[Provider], settings
):
    settings.OIDC_SECOND_STEP = False
    user = make_user()
    user.is_active, user.left_at = False, user.joined_at
    user.save()
    come_by(client, provider, "hana@example.jp")
    assert client.get("/staff/").status_code == 302


def test_the_entrance_offers_it_only_where_it_is_set(
    client: Client, provider: type[Provider], settings
):
    assert "市役所の入口 で入る" in client.get("/accounts/sign-in/").content.decode()
    settings.OIDC_NAME = settings.OIDC_ISSUER = ""
    assert LOGIN not in client.get("/accounts/sign-in/").content.decode()


def test_without_a_provider_its_address_leads_nowhere(client: Client):
    assert client.post(LOGIN).status_code == 404


def test_a_provider_that_does_not_answer_leads_to_a_page_of_ours(
    client: Client, provider: type[Provider], settings
):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    lands = client.post(LOGIN)["Location"]
    assert "ここまでで止まりました" in client.get(lands).content.decode()


@pytest.mark.parametrize(
    "query", [{}, {"state": "made up", "code": "c"}, {"error": "access_denied"}]
)
def test_a_return_nobody_left_for_leads_to_a_page_of_ours(
    client: Client, provider: type[Provider], query: dict[str, str]
):
    lands = client.get(BACK, query)["Location"]
    assert client.get(lands).status_code == 200
    assert client.get("/staff/").status_code == 302
