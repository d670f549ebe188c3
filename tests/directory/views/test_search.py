"""Finding a region: however it is written, and whatever is typed instead."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.directory.views.pages import main_of, text_of

pytestmark = pytest.mark.django_db


def search(client: Client, words: str, *, follow: bool = True):
    return client.get("/ja/areas/", {"q": words}, follow=follow)


@pytest.mark.parametrize("words", ["昭島市", "昭島", "東京都昭島市", "あきしま", "132071", "13207", "昭島市田中町1-17-1", "　昭島市　"])  # fmt: skip
def test_a_city_is_found_however_it_is_written(client: Client, words: str):
    answer = search(client, words, follow=False)
    assert (answer.status_code, answer["Location"]) == (302, "/ja/areas/132071/")


def test_a_prefecture_is_a_region_too(client: Client):
    assert search(client, "東京", follow=False)["Location"] == "/ja/areas/13/"


def test_a_shared_name_asks_which(client: Client):
    answer = search(client, "府中市")
    links = re.findall(r'href="/ja/areas/(\d{6})/">(.*?)</a>', main_of(answer))
    assert links == [("132063", "東京都府中市"), ("342084", "広島県府中市")]
    assert "どちらでしょうか" in text_of(answer)


def test_wards_of_one_name_are_told_apart_by_their_city(client: Client):
    html = main_of(search(client, "中央区"))
    assert ">東京都中央区</a>" in html
    assert ">北海道札幌市中央区</a>" in html


def test_a_ward_that_is_no_more_is_explained_and_its_city_shown(client: Client):
    """Hamamatsu's wards changed on 2024-01-01; 中区 lived until the day before."""
    answer = search(client, "浜松市中区")
    said = text_of(answer)
    assert answer.status_code == 200
    assert "2023年12月31日まで" in said
    assert "浜松市" in said
    assert "/ja/areas/221309/" in main_of(answer)


def test_a_ward_of_today_is_shown_as_itself(client: Client):
    assert "浜松市中央区" in text_of(search(client, "浜松市中央区"))


def test_a_city_that_became_another_is_explained(client: Client):
    said = text_of(search(client, "保谷市"))
    assert "保谷市は、いまの西東京市です" in said
    assert "東京都西東京市" in said


def test_the_note_of_one_place_does_not_stand_on_the_page_of_another(client: Client):
    assert "保谷市" not in text_of(client.get("/ja/areas/132071/", {"q": "保谷市"}))


def test_a_slip_of_the_pen_is_answered_with_the_nearest_names(client: Client):
    answer = search(client, "八王寺市")
    assert answer.status_code == 404
    nearest = re.search(r'href="(/ja/areas/\?q=[^"]+)">東京都八王子市<', main_of(answer))
    assert nearest
    assert client.get(nearest[1])["Location"] == "/ja/areas/132012/"
    assert 'value="八王寺市"' in main_of(answer)  # what was typed stays


@pytest.mark.parametrize(
    "words",
    ["あ" * 5000, "昭島市" * 1000, "\x00", "\x01\x02昭島市", "昭", "市", "😀", "<script>alert(1)</script>", "%", "'", "999999", "０", "٣", "\u202e昭島", "a" * 60 + "市", "-1", "\ud800"],
)  # fmt: skip
def test_no_query_breaks_the_page(client: Client, words: str):
    answer = search(client, words.encode("utf-8", "replace").decode())
    assert answer.status_code in (200, 404)
    assert "都道府県から" in text_of(answer) or answer.redirect_chain
    assert "<script>alert" not in answer.content.decode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=40))
def test_any_text_is_a_query(client: Client, words: str):
    assert client.get("/ja/areas/", {"q": words}).status_code in (200, 302, 404)


@pytest.mark.parametrize("code", ["000000", "99", "1", "132072", "abc", "13207", "1320711", "１３"])
def test_a_code_nobody_has_is_a_plain_404(client: Client, code: str):
    assert client.get(f"/ja/areas/{code}/").status_code == 404
