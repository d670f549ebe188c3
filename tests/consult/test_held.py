"""A flood is taken in like every letter and stands behind one row; letters beside it do not wait (S4-12).

While a flood comes, and only then, a form has room for a little work. Nothing asks for it.
"""

import secrets

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.models import Consultation, Message
from madobe.consult.rules.flood import ALIKE_LONG, ATTACK, FROM_ONE, Counters
from madobe.consult.views.seeker import flood
from tests.factories.desk import AT, World, form_of, make_world, write
from tests.factories.work import worked_out

pytestmark = pytest.mark.django_db

COPY = "おすすめの品があります。くわしくはこちらをごらんください。"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(flood, "_counters", Counters(secrets.token_bytes(32)))
    with time_machine.travel(AT, tick=False):
        yield make_world()


def groups() -> list[str]:
    return list(Consultation.objects.order_by("held").values_list("held", flat=True))


def test_copies_of_one_text_are_kept_and_stand_behind_one_row(client: Client, world: World):
    for _ in range(ALIKE_LONG + 2):
        write(client, COPY)
    held = [group for group in groups() if group]
    assert Message.objects.count() == ALIKE_LONG + 2
    assert len(held) == 2
    assert len(set(held)) == 1


def test_a_letter_beside_a_flood_is_not_held(client: Client, world: World):
    for _ in range(ALIKE_LONG + 1):
        write(client, COPY)
    write(client, "夜になると眠れません。")
    assert groups().count("") == ALIKE_LONG + 1


def test_words_of_danger_from_the_same_address_are_not_held(client: Client, world: World):
    for number in range(FROM_ONE + 1):
        write(client, f"お知らせその{number}")
    write(client, "もう死にたいです。")
    assert Consultation.objects.get(is_urgent=True).held == ""
    assert len([group for group in groups() if group]) == 1


def test_pressing_again_in_a_dead_spot_holds_nobodys_letter(client: Client, world: World):
    """The very form sent five times is one letter, not a flood of five."""
    form = form_of(client.get("/ja/talk/").content) | {"text": COPY, "go": "send"}
    for _ in range(ALIKE_LONG + 2):
        client.post("/ja/talk/", form)
    assert groups() == [""]


def press(client: Client, times: int) -> None:
    """The same form again and again: counted each time, kept once."""
    form = form_of(client.get("/ja/talk/").content) | {"text": COPY, "go": "send"}
    for _ in range(times):
        assert client.post("/ja/talk/", form).status_code == 200


@pytest.fixture
def flooded(client: Client, world: World) -> World:
    """So much has come from the address of this client that whatever it sends next is held."""
    press(client, ALIKE_LONG + max(ATTACK, FROM_ONE))
    assert groups() == [""]
    return world


def field_of(page: bytes) -> dict[str, str] | None:
    found = BeautifulSoup(page, "html.parser").select_one("form#told input[name=work]")
    return found and dict(found.attrs)


def write_with_work(client: Client, text: str) -> str:
    """Send a letter as a browser does that has done the work; gives the token of its form."""
    form = form_of(client.get("/ja/talk/").content)
    sent = form | {"work": worked_out(form["token"]), "text": text, "go": "send"}
    assert client.post("/ja/talk/", sent).status_code == 200
    return form["token"]


def test_before_thirty_letters_are_held_a_form_has_no_room_for_work(client: Client, world: World):
    press(client, ALIKE_LONG + ATTACK - 1)
    assert field_of(client.get("/ja/talk/").content) is None
    assert b"data-work" not in client.get("/ja/talk/").content


@pytest.mark.parametrize("display", ["ja", "yasashii", "en"])
def test_once_thirty_letters_are_held_the_form_has_room_for_work_and_says_nothing_of_it(
    client: Client, world: World, display: str
):
    def words(page: bytes) -> str:
        return BeautifulSoup(page, "html.parser").get_text(" ", strip=True)

    before = client.get(f"/{display}/talk/").content
    press(client, ALIKE_LONG + ATTACK)
    after = client.get(f"/{display}/talk/").content
    assert field_of(before) is None
    assert field_of(after) == {"type": "hidden", "name": "work", "value": "", "data-work": "16"}
    assert words(after) == words(before)
    assert not client.cookies


def test_when_the_flood_is_forgotten_the_form_is_as_before(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    press(client, ALIKE_LONG + ATTACK)
    assert field_of(client.get("/ja/talk/").content) is not None
    monkeypatch.setattr(flood, "_counters", Counters(secrets.token_bytes(32)))
    assert field_of(client.get("/ja/talk/").content) is None


def test_a_form_shown_again_has_room_for_new_work(client: Client, flooded: World):
    form = form_of(client.get("/ja/talk/").content)
    again = client.post("/ja/talk/", form | {"work": "123", "text": "", "go": "send"})
    assert again.status_code == 422
    assert field_of(again.content) == {
        "type": "hidden", "name": "work", "value": "", "data-work": "16"
    }  # fmt: skip
    assert form_of(again.content)["token"] != form["token"]


def test_a_letter_with_work_is_not_held_for_its_address(client: Client, flooded: World):
    write_with_work(client, "夜になると眠れません。")
    assert groups() == ["", ""]


def test_a_letter_without_work_is_taken_and_held(client: Client, flooded: World):
    words = write(client, "夜になると眠れません。")
    assert len(words.split()) > 1
    assert len([group for group in groups() if group]) == 1
    assert Message.objects.count() == 2


@pytest.mark.parametrize("answer", ["", "0", "x" * 100_000, "１２", "-1"])
def test_work_that_is_not_done_is_no_work_and_no_fault(client: Client, flooded: World, answer: str):
    page = form_of(client.get("/ja/talk/").content)
    sent = {"work": answer, "text": "夜になると眠れません。", "go": "send"}
    assert client.post("/ja/talk/", page | sent).status_code == 200
    assert len([group for group in groups() if group]) == 1


def test_work_for_one_form_is_none_for_another(client: Client, flooded: World):
    first, second = (form_of(client.get("/ja/talk/").content) for _ in range(2))
    sent = {"work": worked_out(first["token"]), "text": "夜になると眠れません。", "go": "send"}
    client.post("/ja/talk/", second | sent)
    assert len([group for group in groups() if group]) == 1


def test_work_done_once_makes_one_thread(client: Client, flooded: World):
    form = form_of(client.get("/ja/talk/").content)
    form |= {"work": worked_out(form["token"]), "go": "send"}
    for number in range(3):
        client.post("/ja/talk/", form | {"text": f"{number}つめの、別の手紙です。"})
    assert groups() == ["", ""]
    assert Message.objects.count() == 1 + 3


def test_copies_with_work_are_held_all_the_same(client: Client, flooded: World):
    write_with_work(client, COPY)
    assert len([group for group in groups() if group]) == 1
