"""docs/csv.md says of every column what the product reads."""

from pathlib import Path

from madobe.directory.codes import codes
from madobe.directory.rules.sheet.columns import columns

PAGE = Path(__file__).resolve().parents[3] / "docs" / "csv.md"


def test_every_column_stands_in_the_page_with_its_label_and_what_to_write():
    rows = [
        line.split(" | ")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    said = {
        row[0].strip("| `"): (row[1], row[2].strip() == "yes", row[4].strip(" |")) for row in rows
    }
    assert said == {one.id: (one.label, one.needed, one.help) for one in columns().values()}


def test_every_word_to_choose_stands_in_the_page():
    text = PAGE.read_text(encoding="utf-8")
    lists = {one.codes for one in columns().values() if one.codes} | {"DoorKind"}
    for name in lists:
        for code, word in codes()[name].items():
            assert not code or f"{word}（`{code}`）" in text, (name, code)
