"""How long the words work: only what the desk allows, and what is already chosen."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.models import Consultation
from tests.factories.desk import AT, World, form_of, make_world, open_by, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Iterator[World]:
    with time_machine.travel(AT, tick=False):
        yield make_world(keep_choices=["three_months", "year"], keep_default="year")


def offered(page: bytes) -> list[str]:
    found = BeautifulSoup(page, "html.parser").find_all("input", attrs={"name": "keep"})
    return [one["value"] for one in found]


def contact(client: Client, page: bytes, **more: str) -> Any:
    return client.post("/ja/talk/", form_of(page) | {"go": "contact"} | more)


def test_the_first_page_and_the_later_one_offer_the_same(client: Client):
    assert offered(client.get("/ja/talk/").content) == ["three_months", "year"]
    page = contact(client, open_by(client, write(client, "こんばんは")).content)
    assert offered(page.content) == ["three_months", "year"]


def test_what_was_chosen_before_the_desk_changed_its_mind_stays_to_choose(
    client: Client, world: World
):
    opened = open_by(client, write(client, "こんばんは")).content
    world.desk.keep_choices, world.desk.keep_default = ["three_months"], "three_months"
    world.desk.save()
    page = contact(client, opened)
    assert offered(page.content) == ["three_months", "year"]
    contact(client, page.content, go="contact_change", keep="year")
    assert Consultation.objects.get().keep == "year"


def test_what_the_desk_does_not_allow_is_not_taken_later(client: Client):
    opened = open_by(client, write(client, "こんばんは")).content
    page = contact(client, opened, go="contact_change", keep="until_erased")
    assert page.status_code == 422
    assert Consultation.objects.get().keep == "year"


def test_what_the_desk_allows_is_taken(client: Client):
    opened = open_by(client, write(client, "こんばんは")).content
    contact(client, opened, go="contact_change", keep="three_months")
    assert Consultation.objects.get().keep == "three_months"


def test_what_the_desk_does_not_allow_is_not_taken_with_a_first_letter(client: Client):
    first = form_of(client.get("/ja/talk/").content)
    told = first | {"text": "眠れません。", "keep": "until_erased"}
    page = client.post("/ja/talk/", told | {"go": "send"})
    assert page.status_code == 422
    assert "眠れません。" in page.content.decode()
    assert Consultation.objects.count() == 0


def test_what_the_desk_does_not_allow_never_keeps_a_letter_from_being_set_aside(client: Client):
    first = form_of(client.get("/ja/talk/").content)
    client.post("/ja/talk/", first | {"text": "と", "go": "aside_first", "keep": "until_erased"})
    assert Consultation.objects.get().keep == "year"
