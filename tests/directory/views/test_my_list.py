"""The list put aside: it travels in the form, lasts only where somebody makes it last, and prints."""

import re
from uuid import UUID

import pytest
from django.test import Client

from madobe.directory.models import Service
from madobe.directory.rules.ids import founding_id
from madobe.directory.views.asked import MOST_KEPT
from tests.directory.views.pages import main_of, text_of
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db

WINDOW = str(founding_id("service", "akishima-window"))
NET = str(founding_id("service", "tokyo-net"))


def hidden(answer) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main_of(answer)))


def names(answer) -> list[str]:
    return re.findall(r'<button class="name"[^>]*>(.*?)</button>', main_of(answer))


def test_an_empty_list_says_how_it_is_filled(client: Client):
    assert "「とっておく」を押すと、ここにならびます" in text_of(client.get("/ja/my-list/"))


def test_keeping_a_place_puts_it_into_the_form_and_nowhere_else(client: Client):
    answer = client.post("/ja/search/", {"place": "昭島市", "keep": WINDOW})
    assert hidden(answer)["kept"] == WINDOW
    assert not answer.cookies
    assert f'name="drop" value="{WINDOW}"' in main_of(answer)


def test_letting_go_takes_it_out_again(client: Client):
    answer = client.post("/ja/my-list/", {"kept": f"{WINDOW} {NET}", "drop": WINDOW})
    assert hidden(answer)["kept"] == NET
    assert len(names(answer)) == 1


def test_the_list_stands_in_the_order_it_was_made(client: Client):
    first = names(client.post("/ja/my-list/", {"kept": f"{NET} {WINDOW}"}))
    second = names(client.post("/ja/my-list/", {"kept": f"{WINDOW} {NET}"}))
    assert first == second[::-1]
    assert len(first) == 2


@pytest.mark.parametrize("path", ["/ja/search/", "/ja/my-list/", "/ja/compare/", "/ja/map/", f"/ja/places/{WINDOW}/"])  # fmt: skip
def test_list_and_search_go_along_to_every_page(client: Client, path: str):
    form = {
        "text": "相談",
        "place": "昭島市",
        "need": "free",
        "kept": f"{WINDOW} {NET}",
        "compared": NET,
    }
    html = main_of(client.post(path, form))
    told = html[html.index('id="told"') :]
    for name, value in form.items():
        assert re.search(rf'name="{name}"[^>]* value="{re.escape(value)}"', told), name
    if path != "/ja/search/":
        assert re.search(r'formaction="/ja/search/"', told)


@pytest.mark.parametrize("path", ["/ja/search/", "/ja/my-list/", "/ja/compare/", f"/ja/places/{WINDOW}/"])  # fmt: skip
def test_inside_the_form_no_link_loses_the_list(client: Client, path: str):
    """Every way on from a page that holds a list is a button of its form."""
    form = {"place": "昭島市", "kept": WINDOW, "compared": f"{WINDOW} {NET}"}
    html = main_of(client.post(path, form))
    told = html[html.index('id="told"') : html.index("</form>", html.index('id="told"'))]
    assert not re.findall(r'<a [^>]*href="/ja/(?:places|search|compare|my-list|map)/', told)


def test_no_address_is_made_before_it_is_asked_for(client: Client):
    before = client.post("/ja/my-list/", {"kept": f"{WINDOW} {NET}"})
    assert "/ja/my-list/" not in re.sub(r'(?:form)?action="[^"]*"', "", main_of(before))
    assert "<svg" not in main_of(before)
    after = client.post("/ja/my-list/", {"kept": f"{WINDOW} {NET}", "make": "address"})
    address = re.search(r'value="(http://testserver/ja/my-list/[\w-]+/)"', main_of(after))[1]
    assert 'class="qr"' in main_of(after)
    assert names(client.get(address)) == names(before)


def test_an_address_of_a_list_begins_a_list_of_ones_own(client: Client):
    made = client.post("/ja/my-list/", {"kept": WINDOW, "make": "address"})
    address = re.search(r'value="(http://testserver/ja/my-list/[\w-]+/)"', main_of(made))[1]
    assert hidden(client.get(address))["kept"] == WINDOW


@pytest.mark.parametrize("letters", ["a", "A" * 22, "_" * 500, "x" * 21])
def test_a_broken_address_is_an_empty_or_shorter_list(client: Client, letters: str):
    assert client.get(f"/ja/my-list/{letters}/").status_code == 200


def test_a_place_no_longer_shown_is_told_and_left_out(client: Client):
    gone = make_service("もうない窓口", status="archived")
    answer = client.post("/ja/my-list/", {"kept": f"{WINDOW} {gone.pk} {UUID(int=5)}"})
    assert "2か所は、いまはのせていません" in text_of(answer)
    assert "もうない窓口" not in text_of(answer)


def test_a_very_long_list_keeps_its_first_places_and_says_so(client: Client):
    many = [str(make_service(f"窓口 {n}").pk) for n in range(MOST_KEPT + 1)]
    answer = client.post("/ja/my-list/", {"kept": " ".join(many)})
    assert len(names(answer)) == MOST_KEPT
    assert f"{MOST_KEPT}か所まで" in text_of(answer)


def test_one_place_a_sheet_is_a_choice(client: Client):
    plain = main_of(client.post("/ja/my-list/", {"kept": WINDOW}))
    sheets = main_of(client.post("/ja/my-list/", {"kept": WINDOW, "sheets": "one"}))
    assert 'class="found"' in plain
    assert 'class="found sheets"' in sheets


def test_the_device_is_offered_by_script_only_and_with_a_warning(client: Client):
    html = main_of(client.post("/ja/my-list/", {"kept": WINDOW}))
    section = html[html.index("data-device") :]
    assert section.startswith("data-device hidden")
    assert "ほかの人にも見えることがあります" in section
    assert "けす" in section


def test_a_place_page_offers_to_keep_and_to_hand_over(client: Client):
    html = main_of(client.get(f"/ja/places/{WINDOW}/"))
    assert f'form="told" name="keep" value="{WINDOW}"' in html
    assert f'value="http://testserver/ja/places/{WINDOW}/"' in html
    assert f'src="/ja/places/{WINDOW}/qr.svg"' in html
    assert not re.findall(r"(?:facebook|twitter|line\.me|x\.com)", html)


def test_the_square_of_a_place_is_drawn_by_us(client: Client):
    answer = client.get(f"/ja/places/{WINDOW}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<")
    assert b"<script" not in answer.content
    hidden_place = make_service("見せない", status="draft")
    assert client.get(f"/ja/places/{hidden_place.pk}/qr.svg").status_code == 404


def test_a_list_costs_one_query(client: Client, django_assert_num_queries):
    every = " ".join(str(key) for key in Service.objects.shown().values_list("pk", flat=True))
    client.post("/ja/my-list/", {"kept": every})
    with django_assert_num_queries(1):
        client.post("/ja/my-list/", {"kept": every})
