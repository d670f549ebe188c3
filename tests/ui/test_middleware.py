"""What surrounds every answer: its language, nothing left in the browser, nothing kept on the way."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

PATHS = ("", "now/", "safety/", "privacy/", "areas/", "read/", "text-desks/", "calendar/", "nothing/")  # fmt: skip
STAFF_LIKE = "sessionid=0123456789abcdef; __Host-staff=1; csrftoken=abc; django_language=en"


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch: pytest.MonkeyPatch):
    """Opening hours stand still, so that two answers can be compared."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("segment", "language", "lang", "word"),
    [
        ("ja", "ja", "ja", "すぐ隠す"),
        ("yasashii", "ja-easy", "ja", "すぐかくす"),
        ("en", "en", "en", "Hide"),
    ],
)
def test_the_display_decides_the_language(
    client: Client, segment: str, language: str, lang: str, word: str
):
    answer = client.get(f"/{segment}/safety/", headers={"Accept-Language": "fr"})
    page = answer.content.decode()
    assert answer["Content-Language"] == language
    assert f'<html lang="{lang}"' in page
    assert word in page


def test_the_language_of_one_answer_does_not_stay_for_the_next(client: Client):
    before = translation.get_language()
    client.get("/en/safety/")
    assert translation.get_language() == before


@pytest.mark.parametrize("segment", ["ja", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_cookie_the_browser_sends_changes_nothing(client: Client, segment: str, path: str):
    plain = client.get(f"/{segment}/{path}")
    with_cookie = client.get(f"/{segment}/{path}", headers={"Cookie": STAFF_LIKE})
    assert with_cookie.content == plain.content
    assert dict(with_cookie.headers) == dict(plain.headers)


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_sets_a_cookie_or_depends_on_one(client: Client, path: str):
    answer = client.get(f"/ja/{path}", headers={"Cookie": STAFF_LIKE})
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_kept(client: Client, path: str):
    assert client.get(f"/ja/{path}")["Cache-Control"] == "no-store"


def test_a_page_outside_every_display_is_plain_japanese(client: Client):
    answer = client.get("/nothing/")
    assert (answer.status_code, answer["Content-Language"]) == (404, "ja")
