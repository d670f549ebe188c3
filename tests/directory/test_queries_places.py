"""Places near somebody: right ones, in the right order, in two queries."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from madobe.directory import queries
from madobe.directory.actions.cards import card_text
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Card, Listing, Service
from madobe.directory.municipalities.region import region
from madobe.directory.rules.card import read_card
from madobe.directory.rules.hours import JAPAN
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JAPAN)  # a Friday
AKISHIMA = {"municipality": "132071", "prefecture": "13"}
TOKYO, NATION = ("13", "東京都"), ("JP", "全国")


def names(kind: str = "municipal_window", **question) -> list[str]:
    found = queries.places_for([kind], at=NOON, **{**AKISHIMA, **question})
    return [one.name for one in found[kind]]


def test_the_city_comes_before_the_prefecture_and_the_nation():
    make_service("全国", areas=[NATION])
    make_service("都", areas=[TOKYO])
    make_service("市")
    assert names() == ["市", "都", "全国"]


def test_a_desk_made_for_this_comes_before_a_general_window_verified_later():
    make_service("代表窓口", last_verified_date=date(2026, 11, 20))
    make_service("ひきこもり窓口", is_hikikomori_desk=True)
    assert names() == ["ひきこもり窓口", "代表窓口"]


def test_among_equals_the_one_verified_last_comes_first():
    make_service("古い", last_verified_date=date(2020, 1, 1))
    make_service("新しい", last_verified_date=date(2026, 1, 1))
    assert names() == ["新しい", "古い"]


def test_another_city_and_another_prefecture_are_not_shown():
    make_service("立川", areas=[("132021", "立川市")])
    make_service("神奈川", areas=[("14", "神奈川県")])
    assert names() == []


def test_drafts_and_archived_entries_are_not_shown():
    for status in ("draft", "checked", "suspended", "archived"):
        make_service(status, status=status)
    make_service("見直しの時期", status="stale")
    assert names() == ["見直しの時期"]


def test_an_entry_due_for_a_check_says_so():
    make_service(status="stale")
    assert queries.places_for(["municipal_window"], at=NOON, **AKISHIMA)["municipal_window"][
        0
    ].needs_check


def test_every_kind_asked_for_is_answered_even_with_nothing():
    assert queries.places_for(["ibasho", "peer_group"], at=NOON, **AKISHIMA) == {
        "ibasho": [],
        "peer_group": [],
    }


def test_no_area_gives_what_serves_everybody():
    make_service("市")
    make_service("全国", areas=[NATION])
    assert names(municipality="", prefecture="") == ["全国"]


def test_a_prefecture_alone_gives_the_prefecture_and_the_nation():
    make_service("市")
    make_service("都", areas=[TOKYO])
    make_service("全国", areas=[NATION])
    assert names(municipality="", prefecture="13") == ["都", "全国"]


def test_a_ward_is_covered_by_its_city_and_the_city_shows_its_wards():
    naka, nagoya = ("231061", "名古屋市中区"), ("231002", "名古屋市")
    make_service("市の窓口", areas=[nagoya])
    make_service("中区の窓口", areas=[naka])
    make_service("東区の窓口", areas=[("231029", "名古屋市東区")])
    assert names(municipality=naka[0], prefecture="23") == ["中区の窓口", "市の窓口"]
    assert names(municipality=nagoya[0], prefecture="23")[0] == "市の窓口"
    assert len(names(municipality=nagoya[0], prefecture="23")) == 3


def test_at_most_the_limit_is_given():
    for number in range(6):
        make_service(f"窓口{number}")
    assert len(names()) == 3
    assert len(names(limit=1)) == 1


def test_the_same_office_from_two_sources_is_shown_once():
    make_service("昭島市くらし・しごとサポートセンター", last_verified_date=date(2026, 11, 20))
    make_service("昭島市くらし・しごとサポートセンター")
    assert names() == ["昭島市くらし・しごとサポートセンター"]


def test_what_does_not_fit_is_left_out_where_something_fits():
    conditions = [{"source_name": "見本", "conditions": [{"kind": "age_max", "number": 18}]}]
    make_service("18歳まで", eligibilities=conditions)
    make_service("だれでも", last_verified_date=date(2020, 1, 1))
    assert names(age=40) == ["だれでも"]
    assert names(age=16) == ["18歳まで", "だれでも"]
    assert names() == ["18歳まで", "だれでも"]


def test_what_does_not_fit_is_still_given_where_nothing_else_is():
    conditions = [{"source_name": "見本", "conditions": [{"kind": "age_max", "number": 18}]}]
    make_service("18歳まで", eligibilities=conditions)
    found = queries.places_for(["municipal_window"], at=NOON, age=40, **AKISHIMA)[
        "municipal_window"
    ]
    assert [(one.name, one.eligibility.overall) for one in found] == [("18歳まで", "unlikely")]


def test_hours_nobody_can_read_are_not_known_and_break_no_page():
    service = make_service(
        schedules=[{"byday": "MO,XX", "opens_at": "10:00", "closes_at": "17:00"}],
        text_doors=[{"kind": "chat", "address": "https://example.org", "hours_rule": "平日だけ"}],
        hours_prose="平日だけ",
    )
    place = queries.place(service.pk, at=NOON)
    assert (place.hours.open_now, place.hours.prose) == (None, "平日だけ")
    assert place.text_doors[0].open_now is None


def places_in_akishima():
    groups = queries.region_page(region("132071"), at=NOON)
    return [place for group in groups for place in group.places]


def test_a_region_shows_the_same_office_once():
    make_service("昭島市くらし・しごとサポートセンター")
    make_service("昭島市くらし・しごとサポートセンター")
    assert len(places_in_akishima()) == 1


def test_a_place_for_families_is_kept_but_marked_for_the_person():
    make_service("家族会", kinds=["family_association"], audience=["family"])
    found = queries.places_for(["family_association"], at=NOON, who="self", **AKISHIMA)[
        "family_association"
    ]
    assert found[0].eligibility.overall == "unlikely"
    found = queries.places_for(["family_association"], at=NOON, who="family", **AKISHIMA)[
        "family_association"
    ]
    assert found[0].eligibility.overall == "likely"


def test_hours_and_doors_are_those_of_the_minute():
    make_service(
        schedules=[{"byday": "FR", "opens_at": "10:00", "closes_at": "17:00"}],
        text_doors=[
            {"kind": "chat", "address": "https://example.org", "hours_rule": "13:00-15:00"}
        ],
    )
    place = queries.places_for(["municipal_window"], at=NOON, **AKISHIMA)["municipal_window"][0]
    assert place.hours.open_now is True
    assert place.voice_free
    assert place.text_doors[0].open_now is False
    assert place.text_doors[0].next_open == datetime(2026, 11, 20, 13, 0, tzinfo=JAPAN)
    assert place.text_doors[0].source == "見本"


def test_finding_places_of_all_kinds_takes_two_queries(django_assert_num_queries):
    for kind in ("municipal_window", "ibasho", "peer_group", "hikikomori_center"):
        make_service(kind, kinds=[kind], areas=[("132071", "昭島市"), TOKYO])
    with django_assert_num_queries(2):
        queries.places_for(
            ["municipal_window", "ibasho", "peer_group", "hikikomori_center"], at=NOON, **AKISHIMA
        )


def test_a_place_page_takes_one_query(django_assert_num_queries):
    service = make_service()
    with django_assert_num_queries(1):
        place = queries.place(service.pk, at=NOON)
    assert place.name == service.name
    assert (place.distance, place.area_name) == ("city", "昭島市")


def test_a_place_nobody_has_is_none():
    assert queries.place(uuid4(), at=NOON) is None
    assert queries.place("not an id", at=NOON) is None
    assert queries.place(make_service(status="draft").pk, at=NOON) is None


def test_a_region_lists_each_place_once_nearest_first():
    make_service(
        "二つの種類", kinds=["municipal_window", "ibasho"], areas=[("132071", "昭島市"), TOKYO]
    )
    make_service("全国", areas=[NATION])
    found = places_in_akishima()
    assert [(one.name, one.distance) for one in found] == [
        ("二つの種類", "city"),
        ("全国", "nation"),
    ]


def test_covered_knows_which_kinds_really_serve_an_area():
    make_service("市", kinds=["ibasho"])
    make_service("全国", kinds=["text_consultation"], areas=[NATION])
    here = queries.covered(**AKISHIMA)
    assert (here["ibasho"], here["text_consultation"], here["pref_visit"]) == (True, True, False)
    elsewhere = queries.covered(municipality="141003", prefecture="14")
    assert (elsewhere["ibasho"], elsewhere["text_consultation"]) == (False, True)


def test_an_unknown_area_may_be_covered_by_anything():
    assert all(queries.covered(municipality="", prefecture="").values())


def test_the_card_is_the_tables_put_together_and_follows_them():
    service = make_service("前の名前")
    Service.objects.filter(pk=service.pk).update(name="新しい名前")
    assert queries.place(service.pk, at=NOON).name == "前の名前"
    refresh_listing(services=[service.pk], at=NOON)
    assert queries.place(service.pk, at=NOON).name == "新しい名前"
    service.refresh_from_db()
    assert read_card(card_text(service)).name == "新しい名前"


def test_a_service_taken_back_leaves_the_listing():
    service = make_service()
    other = make_service("ほか")
    Service.objects.filter(pk=service.pk).update(status="archived")
    assert refresh_listing(services=[service.pk], at=NOON) == 0
    assert not Card.objects.filter(service=service).exists()
    assert Listing.objects.filter(service=other).exists()


def test_making_the_whole_listing_again_changes_nothing():
    for number in range(3):
        make_service(f"窓口{number}", kinds=["ibasho", "peer_group"])
    before = (sorted(Card.objects.values_list("service_id", "body")), Listing.objects.count())
    assert refresh_listing(at=NOON) == 3
    assert (
        sorted(Card.objects.values_list("service_id", "body")),
        Listing.objects.count(),
    ) == before
