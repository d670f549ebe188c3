"""ちがうところを知らせる, and the organization's own link: without JavaScript, without a trace."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from madobe.directory.actions.editing import make_confirmation_link
from madobe.directory.models import Service, Suggestion
from tests.factories.directory import make_service
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # the clock of conftest
SAID = {"kind": "phone", "text": "番号が変わりました", "answer_to": ""}


def address(service: Service, display: str = "ja") -> str:
    return f"/{display}/places/{service.pk}/suggest/"


@pytest.mark.parametrize("display", ["ja", "yasashii-f", "en-l"])
def test_every_place_leads_to_the_form_and_the_word_arrives(client: Client, display: str):
    service = make_service()
    page = client.get(f"/{display}/places/{service.pk}/").content.decode()
    assert address(service, display) in page
    assert client.get(address(service, display)).status_code == 200
    assert client.post(address(service, display), SAID).status_code == 200
    kept = Suggestion.objects.get()
    assert (kept.service, kept.text, kept.received_date) == (
        service,
        "番号が変わりました",
        date(2026, 11, 20),
    )
    assert kept.language == display.split("-")[0]


def test_something_about_no_place(client: Client):
    client.post("/ja/suggest/", {**SAID, "kind": "other"})
    assert Suggestion.objects.get().service is None


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "あ" * 2001}, {"kind": "none"}, {"answer_to": "あ" * 201}],
)
def test_what_cannot_be_taken_stays_on_the_page(client: Client, wrong: dict[str, str]):
    service = make_service()
    answer = client.post(address(service), {"kind": "phone", "text": "書いたもの", **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert wrong.get("text", "書いたもの") in page
    assert 'role="alert"' in page
    assert not Suggestion.objects.exists()


def test_two_thousand_characters_are_taken_however_lines_end(client: Client):
    client.post(address(make_service()), {**SAID, "text": "あ\r\n" * 1000})
    assert len(Suggestion.objects.get().text) == 1999


def test_a_full_day_says_so_and_keeps_the_words(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("madobe.directory.actions.editing.suggestions.A_DAY", 0)
    answer = client.post(address(make_service()), SAID)
    assert answer.status_code == 503
    assert "番号が変わりました" in answer.content.decode()


def test_a_place_nobody_sees_takes_no_word(client: Client):
    service = make_service(status="draft")
    assert client.get(address(service)).status_code == 404
    assert client.post(address(service), SAID).status_code == 404


def test_no_cookie_and_nothing_kept_by_a_browser(client: Client):
    answer = client.post(address(make_service()), SAID)
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def link(service: Service) -> str:
    return f"/ja/confirm/{make_confirmation_link(service_id=service.pk, by=ADA, at=AT).token}/"


def is_used(answer: HttpResponse) -> bool:
    return "もう受けとっています" in answer.content.decode().replace("<wbr>", "")


def test_the_organization_sees_what_we_say_and_one_tap_is_enough(client: Client):
    service = make_service(last_verified_date=date(2026, 1, 1), phones=[{"number": "042-000-7777"}])
    path = link(service)
    assert "042-000-7777" in client.get(path).content.decode()
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 1, 1)
    client.post(path, {"answer": "right"})
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 11, 20)
    again = client.post(path, {"answer": "right"})
    assert again.status_code == 200
    assert is_used(again)


def test_something_changed_needs_words_and_uses_the_link_only_with_them(client: Client):
    service = make_service()
    path = link(service)
    assert client.post(path, {"answer": "changed", "kind": "phone", "text": ""}).status_code == 422
    assert client.post(path, {"answer": "changed", **SAID}).status_code == 200
    assert Suggestion.objects.get().from_organization
    assert is_used(client.get(path))


def test_an_old_or_changed_link_says_so_gently(client: Client, monkeypatch: pytest.MonkeyPatch):
    path = link(make_service())
    assert client.get("/ja/confirm/nothing-like-this/").status_code == 404
    assert client.post(path[:-2] + "/", {"answer": "right"}).status_code == 404
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(days=31))
    assert client.get(path).status_code == 410
    assert client.post(path, {"answer": "right"}).status_code == 410


def test_an_entry_not_shown_yet_can_be_confirmed_too(client: Client):
    service = make_service(status="draft", last_verified_date=None)
    client.post(link(service), {"answer": "right"})
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 11, 20)
