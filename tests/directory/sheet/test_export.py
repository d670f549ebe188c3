"""The public directory as a spreadsheet: whose word it is stands beside it, nothing runs, and it comes back the same."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from madobe.directory.actions.exporting import export_csv
from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import Standing, Status
from madobe.directory.models import (
    FieldSource,
    Location,
    Organization,
    ReviewItem,
    Service,
    SourceRecord,
)
from madobe.directory.rules.sheet.neutral import looks_like_formula

from .rows import AT, counts, row, take, take_rows

pytestmark = pytest.mark.django_db


def publish() -> None:
    Organization.objects.update(standing=Standing.REGISTER)
    Service.objects.update(status=Status.PUBLISHED)
    refresh_listing(at=AT)


def written(folder: Path) -> int:
    return export_csv(folder=folder, at=AT)["services.csv"]


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "services.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def empty() -> None:
    for table in (FieldSource, ReviewItem, SourceRecord, Service, Location, Organization):
        table.objects.all().delete()


def test_only_what_anyone_may_read_is_written(tmp_path):
    take_rows(tmp_path, row(id="1"), row(id="2", name="ひみつ"))
    publish()
    Service.objects.filter(name="ひみつ").update(status=Status.CHECKED)
    assert written(tmp_path / "out") == 1
    assert "ひみつ" not in (tmp_path / "out" / "services.csv").read_text(encoding="utf-8-sig")


def test_a_suspended_operator_is_in_no_file(tmp_path):
    take_rows(tmp_path, row(id="1"))
    publish()
    Organization.objects.update(suspended_at=AT, suspended_by="test")
    assert written(tmp_path / "out") == 0


def test_no_cell_runs_in_a_spreadsheet(tmp_path):
    take_rows(tmp_path, row(id="1", name="=1+1", description="@x", aliases="+1", source_name="-x"))
    publish()
    written(tmp_path / "out")
    cells = [cell for one in rows_of(tmp_path / "out") for cell in one.values()]
    assert not [cell for cell in cells if looks_like_formula(cell)]
    assert "'=1+1" in cells


def test_the_founding_facts_come_back_the_same_into_an_empty_directory(tmp_path):
    load_founding(by="test", at=AT)
    first, again = tmp_path / "first", tmp_path / "again"
    number = written(first)
    assert number > 20
    empty()
    report = take(first / "services.csv")
    assert counts(report) == (number, 0, 0, 0, 0, 0)
    assert report.problems == []
    publish()
    assert written(again) == number
    # two entries name 厚生労働省, one without its page: the spreadsheet knows one organization of a name
    one_ministry = "団体のページ [organization_website]"
    for before, after in zip(rows_of(first), rows_of(again), strict=True):
        assert before | {one_ministry: ""} == after | {one_ministry: ""}


def test_what_was_neutralised_comes_back_whole(tmp_path):
    take_rows(tmp_path, row(id="1", name="=1+1", description="'=2"))
    publish()
    written(tmp_path / "out")
    names = set(Service.objects.values_list("name", "description"))
    empty()
    take(tmp_path / "out" / "services.csv")
    assert set(Service.objects.values_list("name", "description")) == names


def test_into_the_same_directory_nothing_changes(tmp_path):
    load_founding(by="test", at=AT)
    take_rows(tmp_path, row(id="1"), name="mine.csv")
    publish()
    number = written(tmp_path / "out")
    assert counts(take(tmp_path / "out" / "services.csv"))[:3] == (
        0,
        1,
        number - 1,
    )  # mine, in other columns
    assert Service.objects.shown().count() == number
    assert counts(take(tmp_path / "out" / "services.csv"))[:3] == (0, 0, number)


def test_a_service_of_another_source_is_not_changed_by_a_spreadsheet(tmp_path):
    load_founding(by="test", at=AT)
    written(tmp_path / "out")
    path = tmp_path / "out" / "services.csv"
    text = path.read_text(encoding="utf-8-sig")
    name = rows_of(tmp_path / "out")[0]["窓口・場所の名前 [name]"]
    path.write_text(text.replace(f",{name},", ",かえた名前,", 1), encoding="utf-8-sig")
    report = take(path)
    assert report.rejected == 1
    assert "窓口・場所の名前" in report.problems[0].reason
    assert not Service.objects.filter(name="かえた名前").exists()


def test_the_readme_says_whose_word_it_is(tmp_path):
    take_rows(
        tmp_path,
        row(id="1", source_name="障害福祉サービス等情報公表システム（独立行政法人福祉医療機構）"),
        row(id="2", name="x"),
    )
    publish()
    written(tmp_path / "out")
    said = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert (
        "出典：障害福祉サービス等情報公表システム（独立行政法人福祉医療機構） | 1 | 公共データ利用規約 第1.0版（PDL 1.0）"
        in said
    )
    assert "出典：まどべの会のちらし | 1" in said


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_prints_one_document(tmp_path):
    code, out, _ = run("export", "csv", str(tmp_path / "out"), "--json")
    assert (code, json.loads(out)["files"]) == (0, {"services.csv": 0})


def test_an_unknown_format_is_wrong_usage_and_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    assert run("export", "pdf", str(tmp_path))[0] == 2
    code, _, err = run("export", "csv", str(tmp_path / "file"))
    assert (code, err.count("\n")) == (1, 1)


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_the_template_can_be_given_back_and_holds_nothing(tmp_path, name):
    path = tmp_path / name
    assert run("import", "csv", "--template", str(path))[0] == 0
    assert counts(take(path)) == (0, 0, 0, 0, 0, 0)
    assert (
        run("import", "csv", "--template", str(path))[0] == 1
    )  # never over what somebody filled in


def test_a_template_of_another_kind_is_refused(tmp_path):
    assert run("import", "csv", "--template", str(tmp_path / "t.ods"))[0] == 1
    assert run("import", "wam", "--template", str(tmp_path / "t.xlsx"))[0] == 2
    assert run("import", "csv")[0] == 2
