"""S2-01: a centre stands in each of the 47 prefectures and 20 designated cities; where none is listed, the page says so."""

import pytest
from django.test import Client

from madobe.directory.municipalities import all_municipalities, prefectures
from madobe.directory.municipalities.region import region

pytestmark = pytest.mark.django_db


def test_there_are_67_places_for_a_centre():
    codes = [*prefectures(), *(one.code for one in all_municipalities())]
    assert sum(found.has_centre for code in codes if (found := region(code))) == 67


@pytest.mark.parametrize("code", ["01", "13", "271004"])
def test_a_region_without_a_listed_centre_says_so_and_shows_the_way(client: Client, code: str):
    answer = client.get(f"/ja/areas/{code}/")
    page = answer.content.decode()
    assert "未登録" in page
    assert "/ja/kinds/" in page


def test_a_town_is_not_said_to_lack_a_centre(client: Client):
    assert "未登録" not in client.get("/ja/areas/132071/").content.decode()
