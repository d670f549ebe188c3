"""What a spreadsheet does to the tables."""

from datetime import datetime, timedelta

import pytest

from madobe.directory.actions.importing import FileRefusedError
from madobe.directory.choices import ReviewKind, Standing, Status
from madobe.directory.models import (
    FieldSource,
    Listing,
    Organization,
    ReviewItem,
    Service,
    SourceRecord,
)

from .rows import AT, book, counts, csv_bytes, row, take, take_rows

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)
FULL = row(
    id="A-1", organization_kana="まどべのかい", corporate_number="7000012050002", organization_sector="NPO・任意団体",
    aliases="まどべ；窓辺", phones="042-000-0000 内線12（相談専用）；FAX 042-000-0001", doors="フォーム https://example.jp/f（相談）",
    methods="来所；電話", audience="本人；家族", anonymous_ok="はい", family_only_ok="いいえ", fee="無料", capacity="8",
    hours="第1・3土 13:30-15:30［年末年始12-29〜01-03］", postal_code="196-0015", municipality="東京都昭島市", address="昭和町1-2-3",
    latitude="35.71", longitude="139.36", is_unevaluated="はい",
)  # fmt: skip


def test_a_row_becomes_a_service_that_waits_for_a_person(tmp_path):
    assert counts(take_rows(tmp_path, FULL)) == (1, 0, 0, 0, 0, 0)
    service = Service.objects.get()
    assert (service.status, service.organization.standing) == (Status.CHECKED, Standing.UNVETTED)
    assert not Service.objects.shown().exists()
    assert not Listing.objects.exists()
    assert (service.anonymous_ok, service.family_only_ok, service.camera_off_ok) == (True, False, None)  # fmt: skip
    assert (service.fee, service.capacity, service.is_unevaluated) == ("free", 8, True)
    assert list(service.phones.values_list("number", "extension", "kind")) == [("042-000-0000", 12, "voice"), ("042-000-0001", None, "fax")]  # fmt: skip
    assert (service.schedules.get().freq, service.schedules.get().byday) == ("MONTHLY", "1SA,3SA")
    address = service.service_at_locations.get().location.addresses.get()
    assert (address.postal_code, address.state_province, address.city, address.address_1) == ("196-0015", "東京都", "昭島市", "昭和町1-2-3")  # fmt: skip


@pytest.mark.parametrize("missing", ["when_to_use", "source_name", "last_verified_date"])
def test_what_lacks_something_for_publishing_is_a_draft(tmp_path, missing):
    take_rows(tmp_path, row(**{missing: ""}))
    assert Service.objects.get().status == Status.DRAFT


def test_a_row_cannot_publish_itself_or_its_operator(tmp_path):
    """There is no column for it: an unknown one is named and not read."""
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes(row(status="published", standing="vetted"), headers=[*row(), "status", "standing"]))  # fmt: skip
    report = take(path)
    assert {(one.row, one.column) for one in report.problems} == {(1, "status"), (1, "standing")}
    assert not Service.objects.shown().exists()


@pytest.mark.parametrize("standing", [Standing.REGISTER, Standing.VETTED])
def test_a_row_changes_nothing_of_an_operator_who_is_trusted(tmp_path, standing):
    mine = Organization.objects.create(name="まどべの会", standing=standing)
    take_rows(
        tmp_path,
        row(organization_website="https://evil.example/", corporate_number="7000012050002"),
    )
    take_rows(
        tmp_path, row(organization_website="https://evil.example/2", description="x"), at=LATER
    )
    mine.refresh_from_db()
    assert Service.objects.get().organization == mine
    assert (mine.website, mine.corporate_number, mine.aliases, mine.standing) == (
        "",
        "",
        [],
        standing,
    )
    assert not Service.objects.shown().exists()


def test_a_second_run_changes_nothing(tmp_path):
    take_rows(tmp_path, FULL, row(name="ふたつめ"))
    before = sorted(map(str, Service.objects.values_list()))
    assert counts(take_rows(tmp_path, FULL, row(name="ふたつめ"), at=LATER)) == (0, 0, 2, 0, 0, 0)
    assert before == sorted(map(str, Service.objects.values_list()))
    assert not ReviewItem.objects.exists()


def test_a_dry_run_writes_nothing(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes(FULL))
    assert counts(take(path, dry_run=True)) == (1, 0, 0, 0, 0, 0)
    assert not SourceRecord.objects.exists()


def test_without_a_number_a_row_is_known_by_name_and_municipality(tmp_path):
    take_rows(tmp_path, row())
    assert counts(take_rows(tmp_path, row(description="あたらしい説明"))) == (0, 1, 0, 0, 0, 0)
    assert counts(take_rows(tmp_path, row(), row(areas="東京都立川市"))) == (1, 1, 0, 0, 0, 0)


def test_with_a_number_a_row_may_change_its_name(tmp_path):
    take_rows(tmp_path, row(id="1"))
    assert counts(take_rows(tmp_path, row(id="1", name="あたらしい名前"))) == (0, 1, 0, 0, 0, 0)
    assert Service.objects.get().name == "あたらしい名前"


def test_the_same_number_twice_is_a_duplicate_with_its_row(tmp_path):
    report = take_rows(tmp_path, row(id="1"), row(id="1", name="べつの名前"))
    assert counts(report) == (1, 0, 0, 0, 0, 1)
    assert report.problems[0].row == 3


def test_two_spreadsheets_that_count_from_one_do_not_write_over_one_another(tmp_path):
    take_rows(tmp_path, row(id="1"), name="one.csv")
    report = take_rows(
        tmp_path, row(id="1", name="べつの場所"), row(id="2", name="ふたつめ"), name="two.csv"
    )
    assert counts(report) == (1, 0, 0, 0, 1, 0)
    assert "one" in report.problems[0].reason
    assert Service.objects.filter(name="まどべの居場所").exists()


def test_an_edit_of_a_person_stays_and_what_it_waits_for_is_not_undone(tmp_path):
    take_rows(tmp_path, row(id="1"))
    Organization.objects.update(standing=Standing.VETTED)
    Service.objects.update(status=Status.PUBLISHED, name="人が直した名前")
    take_rows(tmp_path, row(id="1", name="表の新しい名前", description="新しい説明"), at=LATER)
    service = Service.objects.get()
    assert (service.status, service.name, service.description) == (Status.PUBLISHED, "人が直した名前", "新しい説明")  # fmt: skip
    item = ReviewItem.objects.get()
    assert (item.kind, item.ours, item.theirs) == (ReviewKind.DIFFERENCE, "人が直した名前", "表の新しい名前")  # fmt: skip


def test_a_row_taken_out_goes_to_review_once_and_comes_back(tmp_path):
    one, two = row(id="1"), row(id="2", name="ふたつめ")
    take_rows(tmp_path, one, two)
    assert counts(take_rows(tmp_path, one, at=LATER)) == (0, 0, 1, 1, 0, 0)
    assert counts(take_rows(tmp_path, one, at=LATER)) == (0, 0, 1, 0, 0, 0)
    assert Service.objects.filter(needs_check=True).count() == 1
    assert counts(take_rows(tmp_path, one, two, at=LATER)) == (0, 1, 1, 0, 0, 0)
    assert ReviewItem.objects.filter(settled_at__isnull=True).count() == 0


def test_another_spreadsheet_takes_nothing_away(tmp_path):
    take_rows(tmp_path, row(id="1"), name="one.csv")
    assert counts(take_rows(tmp_path, row(id="2", name="x"), name="two.csv"))[3] == 0


def test_a_cell_that_cannot_be_read_keeps_its_place_and_the_value_there_was(tmp_path):
    take_rows(tmp_path, row(id="1", phones="042-000-0000"))
    report = take_rows(tmp_path, row(id="1", phones="26-5008"), at=LATER)
    assert counts(report) == (0, 1, 0, 0, 0, 0)
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.value) == (2, "電話・ファクス [phones]", "26-5008")
    assert Service.objects.get().phones.get().number == "042-000-0000"


def test_an_emptied_cell_empties_the_field(tmp_path):
    take_rows(tmp_path, row(id="1", phones="042-000-0000", capacity="8"))
    take_rows(tmp_path, row(id="1"), at=LATER)
    service = Service.objects.get()
    assert (service.capacity, service.phones.exists()) == (None, False)


def test_a_column_that_is_not_there_says_nothing(tmp_path):
    take_rows(tmp_path, row(id="1", capacity="8"))
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(row(id="1"), headers=["id", *row()]))
    take(path, at=LATER)
    assert Service.objects.get().capacity == 8


def test_every_one_of_five_thousand_mistakes_keeps_its_place(tmp_path):
    rows = [row(id=str(n), name="" if n % 2 else f"n{n}", capacity="" if n % 2 else "多い") for n in range(5000)]  # fmt: skip
    report = take_rows(tmp_path, *rows)
    assert counts(report) == (2500, 0, 0, 0, 2500, 0)
    assert [one.row for one in report.problems] == list(range(2, 5002))
    assert {one.column for one in report.problems} == {"窓口・場所の名前 [name]", "定員 [capacity]"}


def test_rows_that_explain_and_empty_rows_are_passed_over(tmp_path):
    report = take_rows(
        tmp_path, {"id": "説明"}, {"id": "見本", **row(name="見本の場所")}, {}, row()
    )
    assert counts(report) == (1, 0, 0, 0, 0, 0)
    assert report.problems == []


def test_a_formula_stays_text_and_is_told(tmp_path):
    report = take_rows(tmp_path, row(description='=HYPERLINK("http://x")', name="@まどべ"))
    assert Service.objects.get().description == '=HYPERLINK("http://x")'
    assert [(one.row, one.column) for one in report.problems] == [(2, "窓口・場所の名前 [name]"), (2, "説明 [description]")]  # fmt: skip


def test_a_spreadsheet_is_read_like_its_csv(tmp_path):
    path = book(
        tmp_path / "list.xlsx",
        {"id": "見本", "name": "見本"},
        {**FULL, "capacity": 8, "last_verified_date": datetime(2026, 11, 1), "anonymous_ok": True},  # noqa: DTZ001 (as Excel keeps it)
    )
    assert counts(take(path)) == (1, 0, 0, 0, 0, 0)
    from_book = _facts()
    Service.objects.all().delete()
    FieldSource.objects.all().delete()
    SourceRecord.objects.all().delete()
    take_rows(tmp_path, FULL)
    assert _facts() == from_book


def _facts() -> list[object]:
    service = Service.objects.get()
    return [service.name, service.capacity, service.last_verified_date, service.anonymous_ok, list(service.phones.values_list("number"))]  # fmt: skip


def test_a_formula_in_a_spreadsheet_is_not_worked_out(tmp_path):
    take(book(tmp_path / "x.xlsx", row(description="=1+1")))
    assert Service.objects.get().description == "=1+1"


@pytest.mark.parametrize("more", ['{"eligibilities": [{"kind": 1}]}', '{"schedules": [{"freq": "DAILY"}]}', '{"links": "x"}', '{"contact": 5}'])  # fmt: skip
def test_a_meddled_machine_column_is_told_and_its_row_left_out(tmp_path, more):
    report = take_rows(tmp_path, row(more=more), row(id="2", name="ふたつめ"))
    assert counts(report) == (1, 0, 0, 0, 1, 0)
    assert report.problems[0].row == 2


def test_cp932_is_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes(FULL).decode("utf-8-sig").replace("〜", "～").encode("cp932"))
    assert counts(take(path)) == (1, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (csv_bytes(row(), headers=["name", "kinds"]), "organization"),
        (csv_bytes(row(), headers=[*row(), "name"]), "twice"),
        (csv_bytes(row(name="")), "row 2"),
        (csv_bytes(row()) + b'"x', "quotation"),
        (csv_bytes(row()).decode("utf-8-sig").encode("utf-16"), "UTF-16"),
        (csv_bytes(row()) + b"\0", "NUL"),
        (b"PK\x03\x04 no book", "damaged"),
    ],
)
def test_a_broken_file_is_refused_with_one_sentence(tmp_path, content, words):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError) as refused:
        take(path)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not SourceRecord.objects.exists()
