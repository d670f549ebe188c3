"""The municipalities of Japan: their codes, and the many ways people write them.

Plain Python over two small packaged files; nothing is read before the first call.
"""

from .table import (
    Area,
    Municipality,
    all_municipalities,
    area_of,
    by_code,
    prefecture_name,
    prefectures,
    wards_of,
)
from .text import Found, find_in_text
from .writing import Resolution, resolve

__all__ = [
    "Area",
    "Found",
    "Municipality",
    "Resolution",
    "all_municipalities",
    "area_of",
    "by_code",
    "find_in_text",
    "prefecture_name",
    "prefectures",
    "resolve",
    "wards_of",
]
