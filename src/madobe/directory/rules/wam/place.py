"""Where an office is: its municipality from its address, never from the column of the authority."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from madobe.directory.municipalities import Municipality, Resolution, by_code, resolve
from madobe.directory.rules import draft
from madobe.directory.rules.postal import PostalCodes
from madobe.directory.rules.tidy import tidy
from madobe.directory.rules.wam import columns as c

FARTHEST_KM = 60  # from the hall; 高山市, the widest, ends some 40 km from its own
JAPAN = ((20.0, 46.0), (122.0, 154.0))


@dataclass(frozen=True)
class Where:
    """The place of one office. `doubts`: column and one Japanese sentence; `is_settled`: nothing contradicts."""

    area: Municipality | None  # the municipality; for a ward, its city
    place: Mapping[str, Any]
    doubts: tuple[tuple[str, str], ...] = ()
    is_settled: bool = True


def where(cells: Mapping[str, str], postal: PostalCodes) -> Where:
    """This will put the place together. Without a certain postal code the address stands in `description`."""
    written, street = tidy(cells[c.CITY]), _street(cells)
    resolution = _resolved(written)
    area = by_code(resolution.area.code) if resolution.area and resolution.area.code else None
    doubts: list[tuple[str, str]] = []
    if area is None:
        doubts.append((c.CITY, resolution.note or "どの市区町村か分かりません。"))
    elif resolution.ward is not None and resolution.ward.valid_to is not None:
        doubts.append((c.CITY, resolution.note))
    if not street:
        doubts.append((c.STREET, "町名や番地がありません。"))
    elsewhere = _elsewhere(street, area)
    if elsewhere:
        doubts.append((c.STREET, f"住所の中に、別の市区町村（{elsewhere}）が書かれています。要確認の印をつけて載せます。"))  # fmt: skip
    authority = _authority_doubt(cells, area)
    if authority:
        doubts.append((c.AUTHORITY_CODE, authority))
    point, far = _point(cells, resolution.ward or area)
    if far:
        doubts.append((c.LATITUDE, far))
    said = {
        "description": f"{written}{street}",
        "municipality": area.code if area else "",
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
    }
    code = postal.of(written, street) if area and street and not elsewhere else ""
    if code and area:
        city = written.removeprefix(area.prefecture_name)
        said |= {
            "postal_code": code,
            "state_province": area.prefecture_name,
            "city": city[:60],
            "address_1": street[:200],
        }
    return Where(area, draft.place(**said), tuple(doubts), not (elsewhere or authority))


@cache
def _resolved(written: str) -> Resolution:
    return resolve(written)


def _street(cells: Mapping[str, str]) -> str:
    """The street without the city once more before it (東広島市 + 広島県東広島市高屋町小谷2921-1)."""
    city, street = tidy(cells[c.CITY]), tidy(cells[c.STREET])
    area = _resolved(city).area
    found = by_code(area.code) if area and area.code else None
    bare = city.removeprefix(found.prefecture_name) if found else city
    for before in (city, bare, found.name if found else ""):
        if before and street.startswith(before):
            street = street.removeprefix(before).strip()
    return street


def _elsewhere(street: str, area: Municipality | None) -> str:
    """Another municipality an address begins with; 国府町 or 長府 are streets, so it must end in 市 or a ward."""
    found = re.match(r"(?:.{2,3}[都道府県])?[^\d\s]{1,6}?市(?:[^\d\s]{1,4}?区)?", street)
    if found is None or area is None:
        return ""
    named = _resolved(found[0]).area
    if named is None or not named.code or named.code == area.code:
        return ""
    full = by_code(named.code)
    return full.full_name if full and full.name in found[0] else ""  # 下市瀬 is not 下市町


def _authority_doubt(cells: Mapping[str, str], area: Municipality | None) -> str:
    code, authority = tidy(cells[c.AUTHORITY_CODE]), tidy(cells[c.AUTHORITY])
    if not code:
        return "指定した機関の番号がありません。要確認の印をつけて載せます。"
    if area is None:
        return ""
    here = code[:2] == area.prefecture if code.endswith("000") else code[:5] == area.code5
    if here:
        return ""
    return f"指定した機関（{authority}）と、事業所の住所（{area.full_name}）が食いちがっています。要確認の印をつけて載せます。"  # fmt: skip


def _point(
    cells: Mapping[str, str], home: Municipality | None
) -> tuple[tuple[float, float] | None, str]:
    """Latitude and longitude where they are in Japan and near the town; else None and why."""
    written = (tidy(cells[c.LATITUDE]), tidy(cells[c.LONGITUDE]))
    if written == ("", ""):
        return None, ""
    try:
        lat, lng = (float(one) for one in written)
    except ValueError:
        return None, "緯度・経度が数ではありません。地図の位置は載せていません。"
    swapped = _in_japan(lng, lat) and not _in_japan(lat, lng)
    if swapped:
        lat, lng = lng, lat
    if not _in_japan(lat, lng):
        return None, "緯度・経度が日本の外です。地図の位置は載せていません。"
    if home is not None and _km(lat, lng, home) > FARTHEST_KM:
        return None, f"緯度・経度が、{home.name}から離れすぎています。地図の位置は載せていません。"
    return (lat, lng), "緯度と経度が逆でした。入れかえて読みました。" if swapped else ""


def _in_japan(lat: float, lng: float) -> bool:
    (south, north), (west, east) = JAPAN
    return south < lat < north and west < lng < east


def _km(lat: float, lng: float, home: Municipality) -> float:
    across = 111.2 * math.cos(math.radians(home.lat))
    return math.hypot((lat - home.lat) * 111.2, (lng - home.lng) * across)
