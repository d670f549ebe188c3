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
