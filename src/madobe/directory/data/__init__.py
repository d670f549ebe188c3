"""Packaged data files: read once, when first asked for."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


def _load(name: str) -> Mapping[str, Any]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        data: Mapping[str, Any] = yaml.safe_load(file)
    return data


@cache
def crisis_lines_data() -> Mapping[str, Any]:
    """This will give crisis_lines.yaml as plain values."""
    return _load("crisis_lines.yaml")


@cache
def text_desks_data() -> Mapping[str, Any]:
    """This will give text_desks.yaml as plain values."""
    return _load("text_desks.yaml")


def founding_data() -> Mapping[str, Any]:
    """This will give founding.yaml as plain values."""
    return _load("founding.yaml")
