"""`madobe export csv`: every service anyone may read, in the columns of the spreadsheet, and whose word it is."""

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from madobe.directory.actions.importing.sheet_values import values_of, with_values
from madobe.directory.codes import codes
from madobe.directory.models import Service
from madobe.directory.rules.csv_file import FileRefusedError
from madobe.directory.rules.sheet.book import template, template_rows
from madobe.directory.rules.sheet.columns import columns
from madobe.directory.rules.sheet.neutral import neutral
from madobe.directory.rules.sheet.service import cells_of

FILE, README = "services.csv", "README.md"
# What each source asks for where its data go on (SOURCE.md of the release).
_LICENCES = (
    ("障害福祉サービス等情報公表システム", "公共データ利用規約 第1.0版（PDL 1.0）", "https://www.wam.go.jp/content/wamnet/pcpub/top/sfkopendata/"),
    ("くらし支援ナビ", "CC BY 4.0", "https://fukushi.junkbranding.com/"),
)  # fmt: skip


def export_csv(*, folder: Path, at: datetime) -> Mapping[str, int]:
    """This will write services.csv and README.md into a folder; returns how many services the first holds. UTF-8 with BOM,
    which spreadsheets in Japan open as it is; no cell runs as a formula.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources: Counter[str] = Counter()
    words = codes()
    partial = folder / f".{FILE}.part"
    with partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(one.header for one in columns().values())
        shown = Service.objects.shown().order_by("pk").values_list("pk", flat=True)
        for service in with_values(list(shown)):
            cells = cells_of(values_of(service), words)
            writer.writerow(neutral(cells[name]) for name in columns())
            sources[service.source_name] += 1
    partial.replace(folder / FILE)
    (folder / README).write_text(_readme(sources, at), encoding="utf-8")
    return {FILE: sources.total()}


def write_template(path: Path) -> None:
    """This will write an empty spreadsheet to fill in, .xlsx (with lists to choose from) or .csv."""
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(template_rows())
    elif path.suffix.lower() == ".xlsx":
        path.write_bytes(template(codes()))
    else:
        raise FileRefusedError("the name must end in .xlsx or .csv.")


def _readme(sources: Counter[str], at: datetime) -> str:
    lines = [
        "# 窓口と居場所の一覧",
        "",
        f"{at:%Y-%m-%d} に書き出したものです。`{FILE}` は UTF-8（BOMつき）のCSVで、列の説明は docs/csv.md にあります。",
        "「= + - @」ではじまる文字は、表計算ソフトが式として動かさないように、先頭に「'」をつけています。",
        "",
        "## 出典と、使うときの約束",
        "使うときは、それぞれの出典を書きそえてください。書きかえたときは、そのことも一緒に書きます。",
        "",
        "| 出典 | 件数 | 約束 |",
        "|---|---|---|",
    ]
    for name, number in sorted(sources.items(), key=lambda one: (-one[1], one[0])):
        terms = next((f"{terms} {url}" for word, terms, url in _LICENCES if word in name), "出典のページの定め")  # fmt: skip
        lines.append(f"| 出典：{name.replace('|', '／')} | {number} | {terms} |")
    return "\n".join([*lines, ""])
