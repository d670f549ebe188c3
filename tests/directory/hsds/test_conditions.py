"""Conditional requests, open to every site, no cookie."""

from datetime import timedelta

import pytest
from django.test import Client

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Service
from tests.factories.directory import AT, make_service

from .asking import LISTS, ROOT, ids

pytestmark = pytest.mark.django_db


def edit(service: Service, **fields):
    Service.objects.filter(pk=service.pk).update(**fields)
    refresh_listing(services=[service.pk], at=AT + timedelta(days=40))


@pytest.mark.parametrize("path", [*LISTS, "changes"])
def test_what_a_reader_has_is_not_sent_again(path):
    client = Client()
    first = client.get(f"{ROOT}/{path}")
    again = client.get(f"{ROOT}/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_change_is_sent():
    service = make_service()
    client = Client()
    for path in (f"services/{service.pk}", "services", "changes", "organizations"):
        first = client.get(f"{ROOT}/{path}")
        edit(service, name=f"{service.name}{path}")
        again = client.get(f"{ROOT}/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 200
        assert again.headers["ETag"] != first.headers["ETag"]


def test_another_question_has_another_tag():
    client = Client()
    tags = {
        client.get(f"{ROOT}/services{asked}").headers["ETag"]
        for asked in ("", "?page=2", "?full=true", "?minimal=true", "?format=ndjson")
    }
    assert len(tags) == 5


def test_the_time_of_the_last_change_is_a_condition_too():
    service = make_service()
    edit(service, name="あたらしい名")
    path = f"{ROOT}/services/{service.pk}"
    client = Client()
    at = client.get(path).headers["Last-Modified"]
    assert at == "Fri, 11 Dec 2026 03:00:00 GMT"
    assert client.get(path, headers={"If-Modified-Since": at}).status_code == 304
    earlier = "Fri, 11 Dec 2026 02:59:59 GMT"
    assert client.get(path, headers={"If-Modified-Since": earlier}).status_code == 200


@pytest.mark.parametrize("path", ["", *LISTS, "changes", "profile", "openapi.json", "nowhere"])
def test_every_site_may_read_and_no_cookie_is_set(path):
    answer = Client().get(f"{ROOT}/{path}", headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers


def test_a_browser_that_asks_first_is_answered():
    answer = Client().options(f"{ROOT}/services")
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"


def test_head_answers_like_get():
    key = ids("services")[0]
    for path in ("", "services", f"services/{key}", "services?format=ndjson"):
        head, get = Client().head(f"{ROOT}/{path}"), Client().get(f"{ROOT}/{path}")
        assert (head.status_code, head.headers["Content-Type"]) == (
            200,
            get.headers["Content-Type"],
        )
