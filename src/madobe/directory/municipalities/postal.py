"""From a postal code to its municipality. The table holds beginnings of codes: as many digits as tell one place."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from .table import DATA

_CODE = re.compile(r"〒? ?(\d{3})[-‐‑–ー−ｰ― ]?(\d{4})")
FEWEST = 2  # digits of the shortest beginning


@cache
def _beginnings() -> Mapping[str, str]:
    with (DATA / "postal_beginnings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["beginning"]: row["code"] for row in csv.DictReader(lines)}


def area_code_of(written: str) -> str:
    """This will give the six-digit municipality of a postal code, two digits where it spans several, or "".

    Written as people write it: 196-8511, 1968511, 〒196-8511, １９６－８５１１. "" for anything else.
    """
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", written[:20]).strip())
    if found is None:
        return ""
    digits = found[1] + found[2]
    known = _beginnings()
    return next((known[digits[:n]] for n in range(7, FEWEST - 1, -1) if digits[:n] in known), "")
