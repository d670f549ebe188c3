"""The door: public pages never see it, and behind it forbidden looks like absent."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from madobe.accounts.models import StaffSession
from tests.factories.accounts import PASSWORD, code_now, give_app, make_user, sign_in

pytestmark = pytest.mark.django_db
PUBLIC = ("", "now/", "safety/", "privacy/", "areas/", "read/", "calendar/", "nothing/")
# Two addresses of one length: one that is not theirs, one that does not exist.
FORBIDDEN, ABSENT = "/staff/people/", "/staff/peaple/"


@pytest.fixture
def editor(client: Client) -> Client:
    user = make_user(roles=("editor",))
    give_app(user)
    sign_in(client, user)
    return client


def headers(answer) -> dict[str, str]:
    return dict(answer.headers)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_the_same_for_somebody_signed_in(
    editor: Client, path: str, monkeypatch: pytest.MonkeyPatch
):
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    stranger, known = Client().get(f"/ja/{path}"), editor.get(f"/ja/{path}")
    assert settings.SESSION_COOKIE_NAME in editor.cookies
    assert known.content == stranger.content
    assert headers(known) == headers(stranger)
    assert "Cookie" not in known.get("Vary", "")


def test_public_pages_know_nobody(editor: Client):
    answer = editor.get("/ja/safety/")
    assert not hasattr(answer.wsgi_request, "user")
    assert not hasattr(answer.wsgi_request, "session")


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_forbidden_is_absent(editor: Client, method: str):
    forbidden, absent = getattr(editor, method)(FORBIDDEN), getattr(editor, method)(ABSENT)
    told = forbidden.content.replace(b"people", b"peaple")  # the language links name the page
    assert (forbidden.status_code, told) == (absent.status_code, absent.content)
    assert len(forbidden.content) == len(absent.content)
    assert headers(forbidden) == headers(absent)
    assert forbidden.status_code == 404


@pytest.mark.parametrize("path", [FORBIDDEN, ABSENT])
def test_a_stranger_is_led_to_the_entrance_wherever_they_knock(client: Client, path: str):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/")


def test_allowed_is_not_absent():
    """Negative control."""
    client, user = Client(), make_user(roles=("admin",))
    give_app(user)
    sign_in(client, user)
    assert client.get(FORBIDDEN).status_code == 200


def test_a_role_taken_away_closes_the_page_at_the_next_request(client: Client):
    user = make_user(roles=("admin",))
    give_app(user)
    sign_in(client, user)
    assert client.get(FORBIDDEN).status_code == 200
    user.memberships.all().delete()
    assert client.get(FORBIDDEN).status_code == 404


def test_a_form_without_the_token_is_not_taken():
    client = Client(enforce_csrf_checks=True)
    user = make_user()
    give_app(user)
    sign_in(client, user)
    answer = client.post("/accounts/me/", {"name": "だれか", "language": "ja"})
    assert answer.status_code == 403
    user.refresh_from_db()
    assert user.name == "見本 はな"


def test_words_sent_from_another_site_are_not_shown_as_ones_own():
    client = Client(enforce_csrf_checks=True)
    told = {"note": "よそから来た言葉"}
    foreign = client.post("/staff/people/", told, headers={"Sec-Fetch-Site": "cross-site"})
    own = client.post("/staff/people/", told, headers={"Sec-Fetch-Site": "same-origin"})
    assert "よそから来た言葉" not in foreign.content.decode()
    assert foreign.status_code == 403
    assert own.status_code == 403  # no token: neither is taken


def test_what_was_typed_when_the_session_was_gone_comes_back(client: Client):
    answer = client.post(
        "/staff/people/invite/",
        {"note": "書いた\n言葉", "password": "a word nobody sees"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "書いた\n言葉" in page
    assert "a word nobody sees" not in page


def test_the_language_of_a_staff_page_is_that_of_its_reader(client: Client):
    user = make_user(language="en")
    give_app(user)
    sign_in(client, user)
    answer = client.get("/staff/")
    assert answer["Content-Language"] == "en"
    assert '<html lang="en"' in answer.content.decode()


def test_passkeys_are_lent_to_these_pages_alone(client: Client):
    assert (
        "publickey-credentials-get=(self)" in client.get("/accounts/sign-in/")["Permissions-Policy"]
    )
    assert "publickey-credentials-get=()" in client.get("/ja/")["Permissions-Policy"]


def test_pages_behind_the_door_are_never_kept(editor: Client):
    assert editor.get("/staff/")["Cache-Control"] == "no-store"


def test_the_cookie_is_for_the_server_alone(client: Client):
    give_app(make_user())
    client.post("/accounts/sign-in/", {"login": "hana@example.jp", "password": PASSWORD})
    answer = client.post("/accounts/sign-in/second/", {"code": code_now()})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) * 5 >= 128  # 36 signs hold 5.17 bits each


def test_nothing_of_a_computer_is_kept(client: Client):
    give_app(make_user())
    told = {"login": "hana@example.jp", "password": PASSWORD}
    seen = {"REMOTE_ADDR": "198.51.100.77", "HTTP_USER_AGENT": "CanaryBrowser/9"}
    client.post("/accounts/sign-in/", told, **seen)
    client.post("/accounts/sign-in/second/", {"code": code_now()}, **seen)
    import io

    from django.core.management import call_command

    out = io.StringIO()
    call_command("dumpdata", "accounts", "audit", "account", "mfa", stdout=out)
    sessions = str([session.get_decoded() for session in StaffSession.objects.all()])
    assert "198.51.100.77" not in out.getvalue() + sessions
    assert "CanaryBrowser" not in out.getvalue() + sessions
    assert "hana@example.jp" in out.getvalue()  # the dump does hold what there is


def test_a_seed_is_sealed_in_the_database(client: Client):
    from tests.factories.accounts import SECRET

    factor = give_app(make_user())
    assert SECRET not in str(factor.data)
    factor.refresh_from_db()
    assert factor.wrap().validate_code(code_now())


def test_old_sessions_are_swept_out_at_the_next_sign_in(client: Client):
    user = make_user()
    give_app(user)
    StaffSession.objects.create(
        session_key="old",
        session_data="",
        expire_date=timezone.now() - timedelta(days=1),
        used_at=timezone.now(),
    )
    client.post("/accounts/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/sign-in/second/", {"code": code_now()})
    assert not StaffSession.objects.filter(session_key="old").exists()
