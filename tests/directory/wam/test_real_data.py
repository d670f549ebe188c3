"""The release of September 2024: 19,300 rows, imported once for all tests of this file.

Every figure was counted by hand from the files with the plain csv module (see `raw`), not by the import.
"""

import csv
import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction

from madobe.directory.actions.importing import ImportRequest, Report, import_wam
from madobe.directory.actions.importing.parts import PARTS, in_order, read_part
from madobe.directory.choices import GUIDED_KINDS
from madobe.directory.models import (
    FieldSource,
    Listing,
    Location,
    Organization,
    ReviewItem,
    Service,
    SourceRecord,
)
from madobe.directory.rules.wam import columns as c

pytestmark = [pytest.mark.open_data, pytest.mark.xdist_group("wam")]  # its import is made once

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ROWS = {"041": 258, "042": 1592, "045": 4651, "053": 3623, "054": 3485, "060": 3424, "061": 455, "062": 1812}  # fmt: skip


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker) -> Iterator[Report]:
    """The release in the tables; taken out again after this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield take()
        transaction.set_rollback(True)


def take(*names: str) -> Report:
    folder = settings.OPEN_DATA_DIR / "wam_2024-09"
    files = [folder / name for name in names] or [folder]
    return import_wam(request=ImportRequest(files=files, by="import wam", at=AT))


@pytest.fixture(scope="module")
def raw() -> list[dict[str, str]]:
    found = []
    for path in sorted((settings.OPEN_DATA_DIR / "wam_2024-09").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            found += list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def said(imported) -> Counter[str]:
    """How often each column is in doubt for each reason (its first words)."""
    return Counter(f"{one.column}: {one.reason[:12]}" for one in imported.problems)


def test_every_row_is_accounted_for_and_every_office_exists(imported, raw, db):
    assert (imported.rows, imported.added, imported.changed, imported.unchanged) == (19300, 19300, 0, 0)  # fmt: skip
    assert (imported.rejected, imported.duplicates, imported.removed) == (0, 0, 0)
    assert imported.release == "2024-09-30"
    records = SourceRecord.objects.filter(source="wam", service__isnull=False)
    assert Counter(records.values_list("scope", flat=True)) == ROWS
    assert records.values("service").distinct().count() == len(raw) == 19300


def test_a_second_run_changes_nothing(imported, db):
    again = take()
    assert (again.added, again.changed, again.unchanged, again.removed) == (0, 0, 19300, 0)
    assert not ReviewItem.objects.exists()


def test_one_file_of_the_release_leaves_the_other_kinds_alone(imported, db):
    again = take("csvdownload061.csv.gz")
    assert (again.rows, again.unchanged, again.removed) == (455, 455, 0)


@pytest.mark.parametrize(
    ("no", "offices"),
    [
        ("A0000052275", {"イノベイト", "指定相談支援事業 woodpecker(ウッドペッカー)"}),
        ("A0000103283", {"株式会社ひかり製作所", "GONJOB"}),
    ],
)
def test_the_two_different_offices_that_share_one_no_both_exist_and_are_told(imported, no, offices, db):  # fmt: skip
    mine = Service.objects.filter(source_page_id=no)
    assert set(mine.values_list("name", flat=True)) == offices
    assert mine.values("organization").distinct().count() == 2
    assert [one.value for one in imported.problems if one.column == c.NO].count(no) == 1


def test_no_other_no_is_given_twice(imported, raw):
    twice = {no for no, times in Counter(row[c.NO] for row in raw).items() if times > 1}
    assert twice == {"A0000052275", "A0000103283"}
    assert not [no for no, times in Counter((row[c.KIND], row[c.NO]) for row in raw).items() if times > 1]  # fmt: skip


def test_offices_that_look_alike_stay_apart_because_their_nos_do(imported, raw, db):
    """Three pairs are the same in every column but NO; 35 groups share kind, name and address."""
    without = Counter(tuple(v for k, v in row.items() if k != c.NO) for row in raw)
    assert sum(1 for times in without.values() if times > 1) == 3
    plain = lambda text: re.sub(r"[\s\-−－ー‐]", "", unicodedata.normalize("NFKC", text))  # noqa: E731
    alike = Counter((row[c.KIND], plain(row[c.NAME]), plain(row[c.CITY] + row[c.STREET])) for row in raw)  # fmt: skip
    assert sum(1 for times in alike.values() if times > 1) == 35
    assert Service.objects.filter(name="ひらかた・にじ福祉工場", kinds__kind="job_retention").count() == 3  # fmt: skip


def test_every_office_is_published_as_its_kind_with_the_words_when_to_use_it(imported, db):
    assert Service.objects.shown().count() == 19300
    assert not Service.objects.filter(when_to_use="").exists()
    shown = Counter(Service.objects.shown().values_list("kinds__kind", flat=True))
    assert shown == {
        "physical_training": 258, "life_training": 1592, "contract_work": 4651, "community_move": 3623,
        "community_settling": 3485, "employment_transition": 3424, "living_alone_visit": 455, "job_retention": 1812,
    }  # fmt: skip


def test_the_guide_meets_only_the_two_kinds_it_knows(imported, db):
    met = set(Listing.objects.filter(kind__in=GUIDED_KINDS).values_list("kind", flat=True))
    assert met == {"life_training", "employment_transition"}


def test_malformed_corporate_numbers(imported, raw, said, db):
    wrong_size = [row for row in raw if row[c.CORPORATE_NUMBER] and not re.fullmatch(r"\d{13}", row[c.CORPORATE_NUMBER])]  # fmt: skip
    assert said[f"{c.CORPORATE_NUMBER}: 法人番号の13桁の数字で"] == len(wrong_size) == 630
    assert said[f"{c.CORPORATE_NUMBER}: 法人番号の検査数字が合い"] == 112
    assert Organization.objects.exclude(corporate_number="").count() == 7952


def test_one_corporate_number_is_one_organization(imported, db):
    one = Organization.objects.get(corporate_number="7370001013965")
    assert one.services.count() == 263
    assert "株式会社LITALICOパートナーズ" in (one.name, *one.aliases)


def test_numbers_nobody_can_dial(imported, said, db):
    assert said[f"{c.PHONE}: 電話番号の形ではありませ"] == 24
    assert said[f"{c.FAX}: ファクス番号の形ではあり"] == 29
    assert said[f"{c.PHONE}: 携帯電話の番号です。窓口"] == 494
    assert not Service.objects.filter(phones__number__in=["-", "26-5008", "834-2006"]).exists()


def test_addresses_of_pages(imported, said, db):
    assert (said[f"{c.URL}: 1つの確かなURLとして"], said[f"{c.COMPANY_URL}: 1つの確かなURLとして"]) == (49, 44)  # fmt: skip
    assert not Service.objects.exclude(url="").exclude(url__regex=r"^https?://[!-~]+$").exists()


def test_reversed_and_empty_spans_of_time(imported, raw, said, db):
    spans = [row[column] for row in raw for column in (c.WEEKDAYS, c.SATURDAY, c.SUNDAY, c.HOLIDAY)]
    assert sum(1 for span in spans if span and span[6:] < span[:5]) == 45
    assert spans.count("00:00-00:00") == 28 + 347 + 599 + 440
    assert sum(times for words, times in said.items() if "終わりの時刻が、始まり" in words) == 16
    assert sum(times for words, times in said.items() if "始まりと終わりが同じ時" in words) == 24


def test_hours_are_certain_or_prose_and_never_both(imported, db):
    certain = Service.objects.filter(schedules__isnull=False).distinct()
    assert certain.count() == 5447
    assert not certain.exclude(hours_prose="").exists()
    assert Service.objects.exclude(hours_prose="").count() == 10408


def test_prose_holidays(said):
    assert said[f"{c.CLOSED}: お休みの日を、確かには読"] == 3967
    assert said[f"{c.REMARKS}: ただし書きがあり、時間を"] == 4396


def test_wide_addresses_are_shown_in_one_width(imported, raw, db):
    assert sum(1 for row in raw if row[c.STREET] != unicodedata.normalize("NFKC", row[c.STREET])) == 12652  # fmt: skip
    assert not Location.objects.filter(description__regex=r"[Ａ-Ｚａ-ｚ０-９　]").exists()


def test_the_place_comes_from_the_address_and_not_from_the_authority(imported, said, db):
    assert said[f"{c.AUTHORITY_CODE}: 指定した機関の番号があり"] == 4
    differing = [one for one in imported.problems if one.column == c.AUTHORITY_CODE and "食いちがって" in one.reason]  # fmt: skip
    assert {one.value for one in differing} == {"27100", "09000", "11203", "21201", "40203"}
    assert Service.objects.filter(name="スクールきると", kinds__kind="life_training", areas__name="守口市").exists()  # fmt: skip
    assert not Service.objects.filter(areas__isnull=True).exists()
    assert (
        Service.objects.filter(areas__extent="131130").count() < 1205
    )  # 東京都 designates for all its towns


def test_wards_of_today_stand_for_their_city(imported, raw, db):
    """浜松市 has had three wards since 2024; the release already names them."""
    hamamatsu = Counter(row[c.CITY] for row in raw if row[c.CITY].startswith("静岡県浜松市"))
    assert set(hamamatsu) == {"静岡県浜松市中央区", "静岡県浜松市浜名区", "静岡県浜松市天竜区"}
    assert Service.objects.filter(areas__extent="221309").count() == sum(hamamatsu.values())


def test_points_far_from_their_town_are_left_out(imported, db):
    far = [one for one in imported.problems if one.column == c.LATITUDE]
    assert len(far) == 4
    assert Location.objects.filter(latitude__isnull=True).count() == 4


def test_capacity(imported, raw, said, db):
    assert sum(1 for row in raw if row[c.CAPACITY] == "0") == said[f"{c.CAPACITY}: 定員として読める数ではあ"] == 8  # fmt: skip
    filled = sum(1 for row in raw if row[c.CAPACITY] not in ("", "0"))
    assert Service.objects.filter(capacity__isnull=False).count() == filled == 8423


def test_readings_that_lost_a_letter(said):
    assert said[f"{c.NAME_KANA}: よみがなの文字が欠けてい"] == 4


def test_postal_codes_only_where_certain(imported, db):
    with_code = Service.objects.filter(
        service_at_locations__location__addresses__postal_code__regex=r"^\d{3}-\d{4}$"
    )
    assert 15000 < with_code.count() < 19300
    centre = with_code.filter(name="国立障害者リハビリテーションセンター").first()  # 所沢市並木
    address = centre.service_at_locations.get().location.addresses.get()
    assert (address.postal_code, address.city) == ("359-0042", "所沢市")


def test_every_part_reads_back_as_it_was_given(imported, db):
    """Else the next import would take its own words for somebody's edit."""
    services = {one.pk: one for one in Service.objects.order_by("pk")[::40]}
    last = FieldSource.objects.filter(record_id__in=list(services), field__in=PARTS)
    assert last.count() > 1000
    for one in last:
        assert read_part(one.field, services[one.record_id]) == in_order(one.field, one.last_imported)  # fmt: skip
