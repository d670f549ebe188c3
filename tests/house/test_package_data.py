"""Every table, text and picture the product reads is inside the built package."""

import fnmatch
import tomllib
from pathlib import Path

from setuptools import find_namespace_packages

ROOT = Path(__file__).resolve().parents[2]
NOT_SHIPPED = {".py", ".pyc", ".md"}  # code comes along by itself; notes for engineers stay


def test_every_data_file_of_the_source_is_packaged() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = build["tool"]["setuptools"]["package-data"]["*"]
    packages = {name.replace(".", "/") for name in find_namespace_packages(str(ROOT / "src"))}
    data = [
        path.relative_to(ROOT / "src")
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and path.suffix not in NOT_SHIPPED and ".egg-info" not in str(path)
    ]
    left_out = [
        str(path)
        for path in data
        if str(path.parent) not in packages
        or not any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)
    ]
    assert left_out == []
    assert any(path.match("guide/tables/lexicon/*.yaml") for path in data)
