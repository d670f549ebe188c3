"""Whatever is asked: a 4xx with one clear sentence, never a 5xx."""

import pytest
from django.test import Client

from .asking import ROOT, get

pytestmark = pytest.mark.django_db
WRONG = [
    ("services", {"page": "0"}, "page"),
    ("services", {"page": "-1"}, "page"),
    ("services", {"page": "１"}, "page"),
    ("services", {"page": "9" * 400}, "page"),
    ("services", {"per_page": "1000000000"}, "per_page"),
    ("services", {"per_page": ""}, "per_page"),
    ("services", {"full": "yes"}, "full"),
    ("services", {"format": "xml"}, "format"),
    ("services", {"organization_id": "1"}, "organization_id"),
    ("services", {"taxonomy_term_id": "%"}, "taxonomy_term_id"),
    ("services", {"modified_after": "yesterday"}, "modified_after"),
    ("services", {"modified_after": "2026-02-30"}, "modified_after"),
    ("services", {"modified_after": "2026-02-03T04:05:06"}, "modified_after"),
    ("services", {"search": "あ" * 5000}, "search"),
    ("services", {"q": "x"}, "q"),
    ("services", {"page": ["1", "2"]}, "page"),
    ("service_at_locations", {"postcode": "12"}, "postcode"),
    ("service_at_locations", {"postcode": "196-8511", "proximity": "-3"}, "proximity"),
    ("changes", {"after": "-1"}, "after"),
    ("taxonomies", {"full": "true"}, "full"),
]


@pytest.mark.parametrize(("path", "asked", "name"), WRONG)
def test_a_parameter_that_cannot_be_taken_is_named(path, asked, name):
    answer = get(path, **asked)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["parameter"] == name
    assert said["detail"].endswith(".")
    assert len(said["detail"]) < 300


@pytest.mark.parametrize("key", ["1", "x" * 3000, "3a19ff88-4620-4d17-9830-ac1d859eb5dg", "%00"])
def test_an_id_that_is_none_is_not_here(key):
    answer = Client().get(f"{ROOT}/services/{key}")
    assert answer.status_code == 404
    assert "not a UUID" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", "{", 400),
        ("application/json", "[]", 422),
        ("application/json", '{"page": "1"}', 422),
        ("application/json", '{"page": 1.5}', 422),
        ("application/json", '{"page": NaN}', 400),
        ("application/json", '{"search": "\\ud800"}', 422),
        ("application/json", "[" * 60_000, 400),
        ("application/json", b"\xff\xfe", 400),
        ("application/json", " " * 70_000, 413),
        ("application/x-www-form-urlencoded", "&".join(["page=1"] * 60), 400),
        ("text/plain", "page=1", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_told(kind, body, status):
    answer = Client().post(f"{ROOT}/services", body, content_type=kind)
    assert answer.status_code == status, answer.content
    assert answer.json()["status"] == status


def test_the_same_parameter_in_address_and_body_is_told():
    answer = Client().post(
        f"{ROOT}/services?page=1", '{"page": 1}', content_type="application/json"
    )
    assert (answer.status_code, answer.json()["parameter"]) == (422, "page")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_there_is_nothing_to_write(method):
    answer = getattr(Client(), method)(f"{ROOT}/services")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_another_address_is_answered_in_json():
    answer = get("nowhere/at/all")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_control_characters_are_blanks():
    everything = get("services", search="相談").json()["total_items"]
    assert get("services", search="\0相談\x1b").json()["total_items"] == everything > 0
