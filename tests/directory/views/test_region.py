"""A region as anyone meets it: the nearest first."""

import re

import pytest
from django.test import Client

from tests.directory.views.pages import main_of, text_of
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db


def test_s0_30_the_city_comes_first_then_tokyo_then_the_nation(client: Client):
    html = main_of(client.get("/ja/areas/132071/"))
    headings = re.findall(r'<h2 id="group-(\w+)"', html)
    assert headings == ["city", "prefecture", "nation"]
    wanted = ["昭島市 福祉総務課（ひきこもりの相談）", "東京都ひきこもりサポートネット（電話・メール相談）", "KHJ全国ひきこもり家族会連合会"]  # fmt: skip
    places = [html.index(f">{name}</a>") for name in wanted]
    assert places == sorted(places)


def test_a_prefectures_page_starts_with_the_prefecture_and_lists_its_places(client: Client):
    html = main_of(client.get("/ja/areas/13/"))
    assert re.findall(r'<h2 id="group-(\w+)"', html) == ["prefecture", "nation"]
    assert 'href="/ja/areas/132071/"' in html


def test_a_region_without_a_window_of_its_own_says_so_and_shows_the_next(client: Client):
    said = text_of(client.get("/ja/areas/016462/"))
    assert "まだのせられる窓口がありません" in said
    assert "KHJ全国ひきこもり家族会連合会" in said


def test_a_region_page_asks_three_questions_of_the_database_at_most(
    client: Client, django_assert_max_num_queries
):
    for number in range(30):
        make_service(f"窓口 {number}", kinds=["ibasho", "peer_group"])
    with django_assert_max_num_queries(3):
        client.get("/ja/areas/132071/")


@pytest.fixture
def crowded():
    """A town with more places than a page can hold, some of two kinds."""
    for number in range(120):
        kinds = ["ibasho", "peer_group"][: 1 + number % 2]
        make_service(f"居場所 {number:03}", kinds=kinds, areas=(("016462", "本別町"),))


def test_a_crowded_city_stays_small_and_counts_the_rest_by_kind(client: Client, crowded):
    html = main_of(client.get("/ja/areas/016462/"))
    assert html.count('class="card place"') <= 15
    city = html[html.index('id="group-city"') : html.index('id="group-prefecture"')]
    counts = dict(
        re.findall(r'name="kind" value="(\w+)">[^<]*<span class="count">(\d+)</span>', city)
    )
    assert int(counts["ibasho"]) == 120
    assert int(counts["peer_group"]) == 60
    assert len(html.encode()) < 40_000


def test_the_rest_opens_as_a_search_of_that_kind_there(client: Client, crowded):
    html = main_of(client.get("/ja/areas/016462/"))
    assert '<input type="hidden" name="place_code" value="016462">' in html
    said = text_of(client.post("/ja/search/", {"place_code": "016462", "kind": "peer_group"}))
    assert "本別町" in said
    assert re.search(r"居場所 \d\d[13579]", said)


def test_an_office_known_from_two_sources_stands_there_once(client: Client):
    for _ in range(2):
        make_service("同じ名前の相談所", areas=(("016462", "本別町"),))
    assert main_of(client.get("/ja/areas/016462/")).count("同じ名前の相談所") == 1


def test_desks_made_for_this_stand_before_general_ones(client: Client):
    make_service("ふつうの窓口", areas=(("016462", "本別町"),))
    make_service("ひきこもりの窓口", areas=(("016462", "本別町"),), is_hikikomori_desk=True)
    html = main_of(client.get("/ja/areas/016462/"))
    assert html.index("ひきこもりの窓口") < html.index("ふつうの窓口")


def test_one_searches_inside_a_region_from_its_page(client: Client):
    html = main_of(client.get("/ja/areas/13/"))
    form = re.search(r'<form method="post" action="/ja/search/".*?</form>', html, re.DOTALL)[0]
    assert 'name="place_code" value="13"' in form
    assert 'name="text"' in form
