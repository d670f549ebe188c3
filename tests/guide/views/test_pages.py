"""The pages made of nothing but the tables: one for each kind, and how the guide thinks."""

import re

import pytest
from django.test import Client

from madobe.guide.addresses import KindConverter
from madobe.guide.rules.tables import TABLES
from tests.directory.views.pages import main_of, text_of

pytestmark = pytest.mark.django_db

ADDRESS = KindConverter().to_url  # addresses name no kind
SOURCE = re.compile(r"\bS\d-\d\d|\bdesign\b|\bdomain\b|\btrust\b")
DISPLAYS = ("ja", "yasashii", "en")


@pytest.mark.parametrize("kind", sorted(TABLES.services))
def test_every_kind_has_a_page_that_leads_to_its_reasons_and_sources(client: Client, kind: str):
    for display in DISPLAYS:
        answer = client.get(f"/{display}/kinds/{ADDRESS(kind)}/")
        assert answer.status_code == 200
        assert f'/{display}/how/#{ADDRESS(kind)}"' in answer.content.decode(), display


@pytest.mark.parametrize("kind", ["nothing", "HELLO_WORK", "../how", "a" * 300])
def test_a_kind_nobody_knows_is_a_plain_404(client: Client, kind: str):
    assert client.get(f"/ja/kinds/{kind}/").status_code == 404


def test_a_kind_names_places_where_some_are_known(client: Client):
    assert "KHJ全国ひきこもり家族会連合会" in text_of(client.get("/ja/kinds/family_association/"))


@pytest.mark.parametrize("display", DISPLAYS)
def test_how_the_guide_thinks_names_the_source_of_every_rule(client: Client, display: str):
    html = main_of(client.get(f"/{display}/how/"))
    rules = [line for line in re.findall(r"<li>(.*?)</li>", html, re.DOTALL) if "→" in line]
    assert len(rules) > 50
    assert [rule for rule in rules if not re.search(r'<span class="soft">\s*\S', rule)] == []


def test_how_the_guide_thinks_draws_a_path_to_every_kind(client: Client):
    html = main_of(client.get("/ja/how/"))
    drawn = set(re.findall(r'<details class="card" id="(\w+)">', html))
    assert drawn == {ADDRESS(kind) for kind in TABLES.services}


def test_how_the_guide_thinks_explains_each_mark_it_uses(client: Client):
    html = main_of(client.get("/ja/how/"))
    used = {match.group().split("-")[0] for match in SOURCE.finditer(html)}
    explained = " ".join(re.findall(r"<dt>(.*?)</dt>", html[html.index("出典の記号") :]))
    assert {mark for mark in used if mark not in explained} == set()


def test_it_says_that_nobody_is_judged(client: Client):
    assert "判定することはありません" in text_of(client.get("/ja/how/"))
