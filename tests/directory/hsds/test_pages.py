"""Pages add up; a stream and POST give the same."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madobe.directory.models import Address, Location, ServiceAtLocation, ServiceKind
from madobe.directory.queries import hsds
from tests.factories.directory import make_service

from .asking import LISTS, ROOT, ids, pages, said, streamed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("size", [1, 7, 500])
def test_pages_have_no_gap_and_no_double(path, size):
    found = list(pages(path, per_page=size))
    total = found[0]["total_items"]
    everything = [one["id"] for page in found for one in page["contents"]]
    assert len(everything) == len(set(everything)) == total > 0
    for number, page in enumerate(found, start=1):
        assert page["total_items"] == total
        assert page["total_pages"] == len(found) == -(-total // size)
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"])
        assert page["first_page"] is (number == 1)
        assert page["last_page"] is (number == len(found))
        assert page["empty"] is False


@pytest.mark.parametrize("path", LISTS)
def test_a_stream_gives_what_the_pages_give(path):
    assert [one["id"] for one in streamed(path)] == ids(path)


def test_a_stream_holds_a_few_records_at_a_time(monkeypatch):
    """bench/hsds.py measures the memory; here: it asks again and again, and never for all."""
    monkeypatch.setattr(hsds, "STREAMED", 4)
    rows = hsds.services(hsds.Wanted())
    held = []

    def read(chunk):
        held.append(len(chunk))
        return hsds.read_services(chunk)

    total = len(list(hsds.stream(rows, read)))
    assert total == rows.count() > 8
    assert max(held) == 4


def test_a_page_after_the_last_is_empty():
    page = said("services", page=99)
    assert (page["empty"], page["size"], page["last_page"], page["contents"]) == (True, 0, True, [])


def test_nothing_found_is_an_empty_page():
    page = said("services", search="どこにもないことば")
    assert (page["total_items"], page["total_pages"], page["first_page"], page["last_page"]) == (
        0,
        0,
        True,
        True,
    )


def test_the_minimal_form_holds_every_service_on_one_page():
    page = said("services", minimal="true")
    assert page["total_pages"] == 1
    assert page["size"] == page["total_items"] == len(ids("services"))
    assert set(page["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}


@pytest.mark.parametrize("path", [*LISTS, "changes"])
def test_the_same_question_can_stand_in_the_body(path):
    client = Client()
    asked = {"per_page": 3} | ({} if path == "changes" else {"search": "相談"})
    by_get = client.get(f"{ROOT}/{path}", asked).json()
    by_json = client.post(f"{ROOT}/{path}", json.dumps(asked), content_type="application/json")
    by_form = client.post(
        f"{ROOT}/{path}",
        "&".join(f"{key}={value}" for key, value in asked.items()),
        content_type="application/x-www-form-urlencoded",
    )
    assert by_get == by_json.json() == by_form.json()


def test_an_object_alone_says_what_its_list_says():
    whole = streamed("services", full="true")
    for one in whole[:5]:
        assert said(f"services/{one['id']}") == one


def test_a_search_reads_any_width_and_case():
    make_service("ＬＩＮＥ相談室 ハーモニー")
    assert [one["name"] for one in said("services", search="line ﾊｰﾓﾆｰ")["contents"]] == [
        "ＬＩＮＥ相談室 ハーモニー"
    ]


def test_filters_keep_what_bears_the_term():
    wanted = {
        str(key)
        for key in ServiceKind.objects.filter(kind="municipal_window").values_list(
            "service", flat=True
        )
    }
    term = next(one for one in streamed("taxonomy_terms") if one["code"] == "kind:municipal_window")
    assert set(ids("services", taxonomy_term_id=term["id"])) == wanted
    assert len(ids("services", taxonomy_id=term["taxonomy_id"])) == said("services")["total_items"]
    assert set(ids("service_at_locations", taxonomy_term_id=term["id"])) < set(
        ids("service_at_locations")
    )


def test_an_organization_has_its_services_and_no_others():
    for one in streamed("organizations", full="true"):
        inside = {each["id"] for each in one["services"]}
        assert inside == set(ids("services", organization_id=one["id"])) != set()


@pytest.mark.parametrize("asked", [{"full": "true"}, {}, {"minimal": "true"}])
def test_a_page_of_services_takes_as_many_queries_however_long(asked):
    def queries(size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            said("services", per_page=size, **asked)
        return len(caught)

    assert queries(1) == queries(20) <= 4


def test_a_page_of_organizations_takes_as_many_queries_however_long():
    def queries(size: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            said("organizations", per_page=size, full="true")
        return len(caught)

    assert queries(1) == queries(15) <= 7


def test_a_postcode_finds_services_for_its_area():
    found = ids("service_at_locations", postcode="196-8511")
    assert found == ids("service_at_locations", postcode="1968511") != []
    assert ids("service_at_locations", postcode="000-0000") == []


def test_nearness_is_measured_in_metres():
    near, far = make_service("ちかく"), make_service("とおく")
    for service, latitude in ((near, 35.7050), (far, 35.7150)):  # 0.01° = 1112 m
        place = Location.objects.create(latitude=latitude, longitude=139.35, municipality="132071")
        ServiceAtLocation.objects.create(service=service, location=place)
        if service is near:
            Address.objects.create(
                location=place,
                postal_code="196-0001",
                address_1="1-1",
                city="昭島市",
                state_province="東京都",
            )
    names = [
        {
            one["service"]["name"]
            for one in said("service_at_locations", postcode="196-0001", proximity=metres)[
                "contents"
            ]
        }
        for metres in (1100, 1130)
    ]
    assert names == [{"ちかく"}, {"ちかく", "とおく"}]


def test_proximity_without_a_postcode_asks_nothing():
    assert ids("service_at_locations", proximity=1) == ids("service_at_locations")
