from datetime import date

import pytest
from django.test import Client

from madobe.web.models import Feedback

pytestmark = pytest.mark.django_db


def test_the_two_answers_of_s4_25_are_kept_by_day_only(client: Client) -> None:
    client.post(
        "/ja/feedback/", {"page": "safety", "found": "yes", "understood": "no", "comment": ""}
    )
    kept = Feedback.objects.get()
    assert (kept.page, kept.language, kept.found, kept.understood) == ("safety", "ja", "yes", "no")
    assert type(kept.received_date) is date


def test_an_empty_answer_is_thanked_for_and_not_kept(client: Client) -> None:
    assert client.post("/ja/feedback/", {"page": "safety"}).status_code == 200
    assert not Feedback.objects.exists()


def test_nothing_kept_could_name_a_machine() -> None:
    fields = {field.name for field in Feedback._meta.get_fields()}
    assert fields == {"id", "page", "language", "found", "understood", "comment", "received_date"}


def test_a_comment_too_long_stays_on_the_page(client: Client) -> None:
    words = "あ" * 1001
    answer = client.post("/ja/feedback/", {"found": "yes", "comment": words})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Feedback.objects.exists()


def test_an_answer_of_our_own_making_is_refused(client: Client) -> None:
    assert client.post("/ja/feedback/", {"found": "maybe"}).status_code == 422
