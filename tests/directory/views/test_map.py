"""The map on request: addresses always, pictures only from the host the operator set, and only on this page."""

import pytest
from django.test import Client

from madobe.directory.models import Address, Location, ServiceAtLocation
from tests.directory.views.pages import main_of, text_of
from tests.factories.directory import AT, make_service
from tests.ui.test_content_policy import policy

pytestmark = pytest.mark.django_db

TILES = "https://tiles.example.jp/{z}/{x}/{y}.png"


@pytest.fixture
def tiles(settings):
    settings.TILES, settings.TILES_HOST = TILES, "https://tiles.example.jp"
    settings.TILES_CREDIT = "<b>見本の地図</b>"


def somewhere(name: str, latitude: float | None = 35.7056, longitude: float | None = 139.3536):
    from madobe.directory.actions.listing import refresh_listing

    service = make_service(name)
    location = Location.objects.create(latitude=latitude, longitude=longitude)
    Address.objects.create(
        location=location, state_province="東京都", city="昭島市", address_1="田中町1-17-1"
    )
    ServiceAtLocation.objects.create(service=service, location=location)
    refresh_listing(services=[service.pk], at=AT)
    return service


def show(client: Client, *services):
    return client.post("/ja/map/", {"at": [str(one.pk) for one in services]})


def test_the_list_of_addresses_is_there_without_any_map(client: Client):
    answer = show(client, somewhere("窓口"))
    assert "東京都昭島市田中町1-17-1" in text_of(answer)
    assert 'href="geo:35.7056,139.3536"' in main_of(answer)
    assert "leaflet" not in answer.content.decode()


def test_without_a_set_source_nothing_may_come_from_elsewhere(client: Client):
    assert policy(show(client, somewhere("窓口")))["img-src"] == {"'self'", "data:"}


def test_with_a_source_only_this_page_may_show_its_pictures(client: Client, tiles):
    service = somewhere("窓口")
    assert policy(show(client, service))["img-src"] == {
        "'self'",
        "data:",
        "https://tiles.example.jp",
    }
    for path in ("/ja/search/", f"/ja/places/{service.pk}/", "/ja/"):
        assert policy(client.get(path))["img-src"] == {"'self'", "data:"}


def test_the_page_itself_loads_no_picture_and_names_who_would_send_them(client: Client, tiles):
    html = main_of(show(client, somewhere("窓口")))
    assert "<img" not in html
    assert "https://tiles.example.jp から届きます" in html
    assert "data-map-show" in html
    assert "<b>見本" not in show(client, somewhere("窓口")).content.decode()


def test_two_places_are_sketched_without_any_map(client: Client):
    html = main_of(show(client, somewhere("ひとつめ"), somewhere("ふたつめ", 35.6664, 139.3160)))
    assert html.count('class="dot"') == 2
    assert 'role="img"' in html


def test_other_maps_are_a_choice_that_says_it_leaves(client: Client):
    html = main_of(show(client, somewhere("窓口")))
    assert "この窓を出ます" in html
    assert 'rel="noreferrer"' in html


def test_a_place_without_an_address_is_counted_and_not_drawn(client: Client):
    answer = show(client, somewhere("窓口"), make_service("電話だけの窓口"))
    assert "ほかの1か所には、住所がのせられていません" in text_of(answer)
    assert "電話だけの窓口" not in text_of(answer)


def test_an_address_without_a_known_spot_is_still_listed(client: Client):
    html = main_of(show(client, somewhere("窓口", None, None)))
    assert "田中町1-17-1" in html
    assert "geo:" not in html
    assert "openstreetmap.org/search?query=" in html


@pytest.mark.parametrize(
    "form", [{}, {"at": "x"}, {"at": ["'"] * 50}, {"shown": "00000000-0000-4000-8000-000000000000"}]
)
def test_nothing_to_show_is_no_fault(client: Client, form):
    assert client.post("/ja/map/", form).status_code == 200
    assert client.get("/ja/map/").status_code == 200


def test_the_rows_of_a_search_can_all_be_seen(client: Client):
    one, two = somewhere("ひとつめ"), somewhere("ふたつめ")
    html = main_of(client.post("/ja/map/", {"text": "相談", "shown": [str(one.pk), str(two.pk)]}))
    assert html.count('class="number"') == 2
