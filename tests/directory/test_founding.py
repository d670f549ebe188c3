"""The founding facts, row by row (domain §2): exact values as people and machines meet them."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from madobe.directory import queries
from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.data import founding_data
from madobe.directory.models import (
    Address,
    FieldSource,
    Organization,
    Phone,
    ReviewItem,
    Schedule,
    ScheduleException,
    Service,
    SourceRecord,
)
from madobe.directory.municipalities.region import region
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.hours_compose import load_rows
from madobe.directory.rules.hours_events import event_dates, month_of
from madobe.directory.rules.ids import founding_id
from madobe.directory.rules.place import Place

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=JAPAN)
AKISHIMA = {"municipality": "132071", "prefecture": "13"}


@pytest.fixture(scope="module", autouse=True)
def _founding(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once; each test's own changes are rolled back inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_founding(by="test", at=NOW)
        yield
        transaction.set_rollback(True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def place(key: str, moment: datetime = NOW) -> Place:
    found = queries.place(founding_id("service", key), at=moment)
    assert found is not None
    return found


def first(kind: str, **question) -> Place:
    return queries.places_for([kind], at=NOW, **{**AKISHIMA, **question})[kind][0]


def numbers(key: str) -> list[tuple[str, str, str]]:
    return [(p.number, p.extension, p.kind) for p in place(key).phones]


def test_s4_09_peers_online_peer_talk_and_voice_station_are_linked_for_akishima():
    assert "https://hikikomori-voice-station.mhlw.go.jp/" in [
        one.url for one in place("akishima-window").links
    ]
    kinds = queries.places_for(
        ["peer_group", "online_peer_group", "info_material"], at=NOW, **AKISHIMA
    )
    assert [kinds[kind][0].name for kind in kinds] == [
        "ここから",
        "東京都ひきこもりサポートネット（ピアオンライン相談）",
        "ひきこもりVOICE STATION",
    ]


def test_s4_10_volunteering_and_work_preparation_have_a_phone():
    assert first("volunteer").organization == "昭島市社会福祉協議会"
    assert first("volunteer").phones[0].number == "042-544-0388"
    support = first("livelihood_support")
    assert support.name == "昭島市くらし・しごとサポートセンター"
    assert support.phones[0].number == "042-519-2033"


def test_s4_11_the_city_window_with_its_extension_and_people():
    window = first("municipal_window")
    assert (window.phones[0].number, window.phones[0].extension) == ("042-544-5111", "2855")
    assert window.departments == ("福祉総務課",)
    assert window.audience == ("self", "family", "worker")


def test_s4_14_the_tokyo_net_listens_to_friends_by_phone_mail_and_visit():
    net = first("pref_phone_mail", who="friend")
    assert set(net.audience) == {"self", "family", "friend"}
    assert set(net.methods) == {"phone", "form"}
    assert net.eligibility.overall == "likely"
    assert first("pref_visit").methods == ("home_visit",)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20T09:59", False),
        ("2026-11-20T10:00", True),
        ("2026-11-20T16:59", True),
        ("2026-11-20T17:00", False),
        ("2026-11-21T11:00", False),
        ("2026-01-12T11:00", False),
        ("2026-05-06T11:00", False),
        ("2026-09-22T11:00", False),
        ("2026-12-28T11:00", True),
        ("2026-12-29T11:00", False),
        ("2027-01-01T11:00", False),
        ("2027-01-03T11:00", False),
        ("2027-01-04T11:00", True),
    ],
)
def test_s4_15_the_tokyo_phone_to_the_minute(moment, is_open):
    assert place("tokyo-net", at(moment)).hours.open_now is is_open


def test_s4_15_the_tokyo_phone_is_toll_free():
    phone = place("tokyo-net").phones[0]
    assert (phone.number, phone.toll_free, phone.href) == ("0120-529-528", True, "tel:0120529528")
    assert place("tokyo-net").fee == "free"


def test_s4_15_the_year_end_range_is_marked_to_be_checked():
    schedule = Schedule.objects.get(service_id=founding_id("service", "tokyo-net"))
    assert (schedule.year_end_start, schedule.year_end_end, schedule.needs_check) == (
        "12-29",
        "01-03",
        True,
    )


def test_s4_16_writing_to_the_net_says_that_an_answer_takes_a_while():
    door = place("tokyo-net").text_doors[0]
    assert door.address == "https://www.hikikomori-tokyo.jp/howto/index.php"
    assert "少し時間がかかります" in door.label


def test_s4_17_five_visits_each_for_family_and_person():
    assert {(one.target, one.times) for one in place("tokyo-visit").limits} == {
        ("family", 5),
        ("person", 5),
    }


@pytest.mark.parametrize(
    ("age", "months", "overall"),
    [
        (14, 6, "unlikely"),
        (15, 6, "ask"),
        (16, 5, "unlikely"),
        (16, 6, "likely"),
        (60, 240, "likely"),
        (-1, 6, "ask"),
    ],
)
def test_s4_18_the_conditions_of_a_visit(age, months, overall):
    answer = first("pref_visit", age=age, months=months).eligibility
    assert answer.overall == overall
    assert len(answer.notes) == 3


def test_s4_18_conditions_of_2018_were_those_of_2018():
    then = datetime(2018, 6, 1, 12, 0, tzinfo=JAPAN)
    found = queries.places_for(["pref_visit"], at=then, age=40, months=12, **AKISHIMA)[
        "pref_visit"
    ][0]
    assert found.eligibility.overall == "unlikely"
    assert "おおむね34歳までの方が使えます。" in found.eligibility.notes


def test_s4_18_no_visit_is_offered_outside_tokyo():
    kanagawa = {"municipality": "141003", "prefecture": "14"}
    assert queries.places_for(["pref_visit"], at=NOW, **kanagawa)["pref_visit"] == []
    assert queries.covered(**kanagawa)["pref_visit"] is False


def test_s4_19_a_visit_is_applied_for_at_the_municipal_window():
    visit = place("tokyo-visit")
    assert visit.apply_at_kind == "municipal_window"
    assert "福祉総務課" in visit.application


def test_s4_20_the_registered_organizations_are_linked():
    link = next(one for one in place("tokyo-net").links if one.kind == "list")
    assert link.url == "https://hikikomori-tokyo.jp/wakamono/index.php"
    assert {"registered", "research"} <= {
        code for code, _ in Organization._meta.get_field("registration").flatchoices
    }


def test_s4_21_ryuusu_is_free_without_application_and_its_dates_are_open():
    ibasho = first("ibasho")
    assert (ibasho.name, ibasho.fee, ibasho.reservation) == ("りゆうす", "free", "none")
    assert ibasho.hours.undated is True
    assert ibasho.hours.open_now is None
    assert ibasho.hours.usual == "13:30–16:30"
    assert ibasho.address == "東京都昭島市中神町1282"
    assert ibasho.building.split() == ["富士見会館", "8号棟", "1階"]
    assert numbers("akishima-ryuusu") == [("042-544-0388", "", "voice")]


def test_s4_21_no_month_of_ryuusu_is_guessed():
    rows = load_rows(place("akishima-ryuusu").hours.rows)
    for month in range(1, 13):
        assert month_of(rows, 2027, month).undated
        assert month_of(rows, 2027, month).dates == ()


def test_s4_22_kokokara_meets_on_last_saturdays():
    rows = load_rows(place("akishima-kokokara").hours.rows)
    dates = event_dates(rows, date(2025, 12, 1), date(2026, 3, 1))
    assert [day.isoformat() for day in dates] == ["2025-12-27", "2026-01-31", "2026-02-28"]
    assert place("akishima-kokokara", at("2026-01-31T16:29")).hours.open_now is True
    assert place("akishima-kokokara", at("2026-01-31T16:30")).hours.open_now is False


def test_s4_22_moving_one_month_leaves_the_others():
    key = founding_id("service", "akishima-kokokara")
    ScheduleException.objects.create(
        schedule=Schedule.objects.get(service_id=key),
        date=date(2026, 1, 31),
        kind="moved",
        moved_to=date(2026, 1, 24),
        note="会場の都合",
    )
    refresh_listing(services=[key], at=NOW)
    rows = load_rows(place("akishima-kokokara").hours.rows)
    dates = event_dates(rows, date(2025, 12, 1), date(2026, 3, 1))
    assert [day.isoformat() for day in dates] == ["2025-12-27", "2026-01-24", "2026-02-28"]


def test_s4_22_kokokara_is_for_families_and_for_the_person_and_gives_the_councils_number():
    kokokara = first("family_association", who="self")
    assert kokokara.name == "ここから"
    assert kokokara.eligibility.overall == "likely"
    assert first("family_association", who="family").name == "ここから"
    assert (kokokara.organization, kokokara.fee, kokokara.reservation) == (
        "夜明けの会",
        "free",
        "none",
    )
    assert kokokara.address == "東京都昭島市朝日町5-6-20"
    assert kokokara.building.split() == ["朝日会館", "1階", "和室"]
    assert kokokara.phones[0].number == "042-544-0388"
    assert [p.number for p in kokokara.phones[1:]] == ["042-544-7200"]


def test_s4_23_the_page_owners_block_field_by_field():
    assert ("042-544-5111", "2853-2856", "voice") in numbers("akishima-window")
    assert ("042-544-6440", "", "fax") in numbers("akishima-window")
    phone = Phone.objects.get(extension=2853)
    assert (phone.extension, phone.extension_last) == (2853, 2856)
    address = Address.objects.get(pk=founding_id("address", "akishima-city-hall"))
    assert (address.postal_code, address.address_1) == ("196-8511", "田中町1-17-1")
    assert (address.floor, address.window) == ("2階", "9番窓口")
    assert {door.kind for door in place("akishima-window").text_doors} == {
        "form",
        "fax",
        "counter_memo",
    }


def test_s4_24_source_page_and_its_date():
    window = place("akishima-window")
    assert window.source_page_id == "1003402"
    assert window.source_url == "https://www.city.akishima.lg.jp/kenko/sodan/1003400/1003402.html"
    assert window.source_date == date(2025, 12, 12)
    assert window.verified_date == date(2025, 12, 12)


def test_s4_26_both_spellings_lead_to_the_same_centre():
    for spelling in ("くらし・しごとサポートセンター", "くらしごとサポートセンター"):
        found = [o.name for o in Organization.objects.all() if spelling in (o.name, *o.aliases)]
        assert found == ["昭島市くらし・しごとサポートセンター"]
        assert spelling in place("akishima-kurashi-shigoto").aliases


def test_s0_30_akishima_sees_city_then_tokyo_then_the_nation():
    groups = queries.region_page(region("132071"), at=NOW)
    assert [group.distance for group in groups] == ["city", "prefecture", "nation"]
    assert all(group.places for group in groups)


def test_everywhere_in_japan_a_named_desk_needs_no_voice():
    for prefecture in range(1, 48):
        found = queries.places_for(
            ["text_consultation"], municipality="", prefecture=f"{prefecture:02d}", at=NOW, age=30
        )["text_consultation"]
        assert any(p.name == "あなたのいばしょチャット相談" for p in found)
        assert all(
            p.voice_free and p.text_doors[0].address and p.text_doors[0].source for p in found
        )


def test_nationwide_a_desk_for_everyone_stands_before_one_for_some():
    nowhere = {"municipality": "", "prefecture": ""}
    assert first("text_consultation", **nowhere).name == "あなたのいばしょチャット相談"
    assert first("crisis_line", **nowhere).name == "よりそいホットライン"
    assert first("consumer_center", **nowhere).phones[0].number == "188"


def test_119_and_110_are_no_places():
    assert not Phone.objects.filter(number__in=["119", "110"]).exists()


def test_every_line_that_can_be_reached_has_its_place():
    for line in queries.crisis_lines(at=NOW):
        if line.reachable and not line.immediate:
            found = queries.place(line.place_id, at=NOW)
            assert found is not None
            assert found.name == line.name
            assert found.hours.open_now is line.open_now


def test_every_founding_entry_is_dated_and_sourced_and_says_when_to_use_it():
    for service in Service.objects.all():
        assert service.status == "published"
        assert service.when_to_use
        assert service.source_name
        assert service.last_verified_date


def test_no_mobile_number_stands_in_the_packaged_facts():
    folder = Path(__file__).parents[2] / "src" / "madobe" / "directory" / "data"
    for path in folder.glob("*.yaml"):
        assert not re.search(
            r"0[789]0[-‐ー]?\d{4}[-‐ー]?\d{4}", path.read_text(encoding="utf-8")
        ), path.name


class TestLoadingAgain:
    def test_a_second_time_changes_nothing(self):
        before = (Service.objects.count(), Phone.objects.count(), FieldSource.objects.count())
        report = load_founding(by="test", at=NOW)
        assert (report.added, report.changed, report.reviews) == (0, 0, 0)
        assert report.unchanged == Service.objects.count()
        assert (
            Service.objects.count(),
            Phone.objects.count(),
            FieldSource.objects.count(),
        ) == before

    def test_every_field_knows_its_source_record(self):
        record = SourceRecord.objects.get(source="founding", key="tokyo-net")
        field = FieldSource.objects.get(
            record_id=founding_id("service", "tokyo-net"), field="phones"
        )
        assert field.source_record == record
        assert field.last_imported[0]["number"] == "0120-529-528"

    def test_a_change_in_the_facts_arrives(self):
        report = load_founding(by="test", at=NOW, data=_changed(when_to_use="家から始めたいとき。"))
        assert (report.changed, report.reviews) == (1, 0)
        assert place("tokyo-net").when_to_use == "家から始めたいとき。"

    def test_what_a_person_edited_stays_when_the_facts_are_the_same(self):
        Service.objects.filter(pk=founding_id("service", "tokyo-net")).update(
            when_to_use="人が直した文。"
        )
        report = load_founding(by="test", at=NOW, data=_changed(fee="partly"))
        assert (report.changed, report.reviews) == (1, 0)
        assert place("tokyo-net").when_to_use == "人が直した文。"
        assert place("tokyo-net").fee == "partly"

    def test_when_both_changed_the_persons_word_stays_and_a_review_item_asks(self):
        Service.objects.filter(pk=founding_id("service", "tokyo-net")).update(
            when_to_use="人が直した文。"
        )
        report = load_founding(by="test", at=NOW, data=_changed(when_to_use="新しい元の文。"))
        assert report.reviews == 1
        item = ReviewItem.objects.get()
        assert (item.field, item.ours, item.theirs) == (
            "when_to_use",
            "人が直した文。",
            "新しい元の文。",
        )
        assert place("tokyo-net").when_to_use == "人が直した文。"

    def test_an_edited_number_is_not_overwritten_either(self):
        Phone.objects.filter(number="0120-529-528", description="電話相談").update(
            number="0120-000-000"
        )
        data = _changed(phones=[{"number": "0120-529-529", "is_toll_free": True}])
        assert load_founding(by="test", at=NOW, data=data).reviews == 1
        assert Phone.objects.filter(number="0120-000-000").exists()
        assert not Phone.objects.filter(number="0120-529-529").exists()

    def test_an_edit_equal_to_the_new_fact_asks_nothing(self):
        Service.objects.filter(pk=founding_id("service", "tokyo-net")).update(
            when_to_use="同じ文。"
        )
        assert load_founding(by="test", at=NOW, data=_changed(when_to_use="同じ文。")).reviews == 0

    def test_a_service_a_person_took_back_is_not_published_again(self):
        Service.objects.filter(pk=founding_id("service", "tokyo-net")).update(status="suspended")
        load_founding(by="test", at=NOW, data=_changed(fee="partly"))
        assert queries.place(founding_id("service", "tokyo-net"), at=NOW) is None

    def test_an_entry_no_longer_among_the_facts_is_taken_from_view_and_kept(self):
        data = dict(founding_data())
        data["services"] = [one for one in data["services"] if one["key"] != "tokyo-net"]
        report = load_founding(by="test", at=NOW, data=data)
        assert (report.removed, report.reviews) == (1, 1)
        key = founding_id("service", "tokyo-net")
        assert queries.place(key, at=NOW) is None
        assert Service.objects.get(pk=key).status == "suspended"
        assert load_founding(by="test", at=NOW, data=data).removed == 0

    def test_an_entry_that_comes_back_is_shown_again(self):
        data = dict(founding_data())
        data["services"] = [one for one in data["services"] if one["key"] != "tokyo-net"]
        load_founding(by="test", at=NOW, data=data)
        load_founding(by="test", at=NOW)
        assert place("tokyo-net").name == "東京都ひきこもりサポートネット（電話・メール相談）"

    def test_a_text_no_longer_among_the_facts_goes_away(self):
        assert place("tokyo-net").extra_costs
        data = dict(founding_data())
        data["services"] = [
            {key: value for key, value in one.items() if key != "extra_costs"}
            for one in data["services"]
        ]
        load_founding(by="test", at=NOW, data=data)
        assert place("tokyo-net").extra_costs == ""

    def test_a_renamed_organization_is_renamed_on_its_cards_unless_a_person_named_it(self):
        data = dict(founding_data())
        data["organizations"] = [
            {**one, "name": "新しい名前"} if one["key"] == "tokyo-hikikomori-net" else one
            for one in data["organizations"]
        ]
        load_founding(by="test", at=NOW, data=data)
        assert place("tokyo-net").organization == "新しい名前"

    def test_an_address_a_person_corrected_stays(self):
        address = Address.objects.get(pk=founding_id("address", "akishima-city-hall"))
        address.floor = "3階"
        address.save()
        data = dict(founding_data())
        data["locations"] = [
            {**one, "address": {**one["address"], "window": "10番窓口"}}
            if one["key"] == "akishima-city-hall"
            else one
            for one in data["locations"]
        ]
        load_founding(by="test", at=NOW, data=data)
        address.refresh_from_db()
        assert (address.floor, address.window) == ("3階", "10番窓口")


def _changed(**fields) -> dict:
    data = dict(founding_data())
    data["services"] = [
        {**one, **fields} if one["key"] == "tokyo-net" else one for one in data["services"]
    ]
    return data


def test_a_page_that_is_only_read_is_no_way_to_talk_without_a_voice():
    for key in ("khj", "voice-station", "centres-nationwide"):
        assert place(key).text_doors == ()
        assert place(key).links[0].url == place(key).url
