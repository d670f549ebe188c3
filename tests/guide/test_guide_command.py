"""`madobe guide`: one situation or many in, the answers out, and clear words when it cannot."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from madobe.guide.management.commands import guide


@pytest.fixture(autouse=True)
def _no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "_has_database", lambda: False)


def run(path: Path | str, *options: str) -> str:
    out = io.StringIO()
    call_command("guide", str(path), *options, stdout=out)
    return out.getvalue()


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "situations.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_one_situation_gives_one_answer(tmp_path: Path) -> None:
    document = json.loads(
        run(written(tmp_path, "id: A\nwho: self\nsigns: [exhausted]\n"), "--json")
    )
    assert (document["id"], document["stage"]) == ("A", "1")


def test_a_list_gives_a_list_in_the_same_order(tmp_path: Path) -> None:
    told = json.dumps([{"id": 2, "who": "self"}, {"id": 1, "who": "family"}])
    assert [d["id"] for d in json.loads(run(written(tmp_path, told), "--json"))] == [2, 1]


def test_an_empty_list_gives_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(run(written(tmp_path, "[]"), "--json")) == []


def test_a_place_name_is_looked_up(tmp_path: Path) -> None:
    told = "who: friend\nmunicipality: 千葉県松戸市\nwants: [visit_at_home]\n"
    document = json.loads(run(written(tmp_path, told), "--json"))
    assert "W_ELIG_RESIDENCE" in {w["id"] for w in document["warnings"]}


def test_an_ambiguous_place_stays_unknown_and_its_candidates_come_back(tmp_path: Path) -> None:
    told = "who: friend\nmunicipality: 府中市\nwants: [visit_at_home]\n"
    document = json.loads(run(written(tmp_path, told), "--json"))
    assert {c["code"] for c in document["municipality_candidates"]} == {"132063", "342084"}
    assert "W_ELIG_RESIDENCE" not in {w["id"] for w in document["warnings"]}


def test_codes_with_a_leading_zero_stay_codes(tmp_path: Path) -> None:
    document = json.loads(run(written(tmp_path, "municipality: 011002\n"), "--json"))
    assert document["municipality_candidates"] == []
    assert "pref_visit" not in {s["service_type"] for s in document["suggestions"]}


def test_use_codes_reads_no_text(tmp_path: Path) -> None:
    told = "who: family\nuse: codes\nfree_text: もう疲れました\n"
    assert json.loads(run(written(tmp_path, told), "--json"))["read_from_text"] == []


def test_without_json_it_is_a_page_to_read(tmp_path: Path) -> None:
    page = run(written(tmp_path, "who: self\nsigns: [exhausted]\nwants: [job_find]\n"))
    assert "いま\n" in page
    assert "もう少し先" in page
    assert "hikikomori_center" not in page


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b"who: self\n")

    monkeypatch.setattr("sys.stdin", Stdin())
    assert json.loads(run("-", "--json"))["stage"] == "unknown"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "is empty"),
        ("  \n# only a remark\n", "holds no situation"),
        ("who: [self\n", "line"),
        ("{'who': }}", "cannot be read"),
        ("who: self\n---\nwho: self\n", "cannot be read"),
        ("who: !!python/object:os.system x\n", "cannot be read"),
        ("\x00who: self", "cannot be read"),
        ("こんにちは", "is a text"),
        ("who: 本人です".encode("shift_jis"), "UTF-8"),
        ("[" * 100_000, "too deeply"),
        ("- who: self\n- who: mother\n", "Item 2"),
        ("signs: [nothing]", "unknown code"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, content: str | bytes, named: str
) -> None:
    with pytest.raises(CommandError, match=named) as caught:
        run(written(tmp_path, content), "--json")
    assert caught.value.returncode == 1
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        run(tmp_path / "nowhere.yaml")
    with pytest.raises(CommandError, match="is a directory"):
        run(tmp_path)


def test_no_database_is_made_by_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    target = tmp_path / "none.sqlite3"
    database = connections["default"]
    settings: dict[str, Any] = {**database.settings_dict, "NAME": str(target)}
    monkeypatch.setattr(database, "settings_dict", settings)
    monkeypatch.setattr(database, "vendor", "sqlite")
    assert guide._has_database() is False
    assert not target.exists()
