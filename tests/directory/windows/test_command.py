"""`madobe import`: exit codes, one JSON document, one plain sentence."""

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from madobe.directory.models import Service, SourceRecord

from .rows import csv_bytes, row, write

pytestmark = pytest.mark.django_db


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_json_is_one_document_with_exactly_the_keys_of_the_contract(tmp_path):
    code, out, _ = run(
        "windows", write(tmp_path, [row(), row(id="x", municipalityId="jp-99999")]), "--json"
    )
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == [
        "source",
        "release",
        "rows",
        "added",
        "changed",
        "unchanged",
        "removed",
        "rejected",
        "duplicates",
        "problems",
    ]
    assert answer["rows"] == 2 == answer["added"] + answer["rejected"]
    assert answer["problems"] == [
        {
            "row": 3,
            "column": "municipalityId",
            "value": "jp-99999",
            "reason": "どの市区町村か分かりません。取りこんでいません。",
        }
    ]


def test_people_get_lines_and_steps_go_to_stderr(tmp_path):
    _, out, err = run("windows", write(tmp_path, [row()]))
    assert "added: 1" in out
    assert "1 of 1 texts read for certain" in err


def test_progress_is_lines_in_a_log_and_a_bar_on_a_terminal(tmp_path):
    path = write(tmp_path, [row()])
    assert "1 of 1 services\n" in run("windows", path)[2]

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    err = Terminal()
    path = write(tmp_path, [row(id="another")])
    call_command("import", "windows", str(path), stdout=StringIO(), stderr=err, no_color=True)
    assert "[" + "#" * 40 + "] 1/1" in err.getvalue()


def test_a_folder_and_a_gzip_are_taken(tmp_path):
    (tmp_path / "offices.csv.gz").write_bytes(gzip.compress(csv_bytes([row()])))
    assert run("windows", tmp_path, "--json")[0] == 0
    assert Service.objects.count() == 1


def test_a_file_of_another_name_is_taken(tmp_path):
    assert run("windows", write(tmp_path, [row()], name="download (1).csv"))[0] == 0


def test_a_dry_run_writes_nothing(tmp_path):
    code, out, _ = run("windows", write(tmp_path, [row()]), "--dry-run", "--json")
    assert (code, json.loads(out)["added"], SourceRecord.objects.count()) == (0, 1, 0)


def test_an_unknown_source_is_wrong_usage_and_names_the_known_ones(tmp_path):
    code, out, err = run("window", write(tmp_path, [row()]))
    assert (code, out) == (2, "")
    assert "windows" in err


def test_a_release_saved_in_cp932_is_taken(tmp_path):
    path = tmp_path / "offices.csv"
    path.write_bytes(csv_bytes([row()]).decode().encode("cp932"))
    code, out, _ = run("windows", path, "--json")
    assert (code, json.loads(out)["added"]) == (0, 1)
    assert Service.objects.get().name == "まどべ相談室"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (csv_bytes([]), "no row"),
        (csv_bytes([row(municipalityId="nowhere")]), "row 2"),
        (csv_bytes([row()]).decode().encode("euc_jp", "replace"), "neither"),
        (csv_bytes([row()]).decode().encode("utf-16"), "UTF-16"),
        (csv_bytes([row()]).replace(b"categoryId", b"category"), "categoryId"),
        (csv_bytes([row()]) + b'"x', "row 3"),
        (csv_bytes([row()]) + b"\0", "NUL"),
        (b"\x1f\x8b\x08 no gzip", "gzip"),
    ],
)
def test_a_broken_file_is_refused_with_one_sentence_and_nothing_is_written(
    tmp_path, content, words
):
    path = tmp_path / "offices.csv"
    path.write_bytes(content)
    code, out, err = run("windows", path, "--json")
    assert (code, out) == (1, "")
    assert err.strip().count("\n") == 0
    assert words in err
    assert "Traceback" not in err
    assert not SourceRecord.objects.exists()


def test_a_path_that_is_not_there_is_refused(tmp_path):
    code, _, err = run("windows", tmp_path / "nothing.csv")
    assert code == 1
    assert "not there" in err


def test_a_folder_without_a_release_is_refused(tmp_path):
    code, _, err = run("windows", tmp_path)
    assert code == 1
    assert "offices.csv" in err


def test_no_file_at_all_is_wrong_usage():
    from django.core.management import CommandError

    with pytest.raises((SystemExit, CommandError)):
        call_command("import", "windows", stderr=StringIO())
