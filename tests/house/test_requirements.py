"""What is installed is pinned, hashed, the same everywhere, and names no host."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
SETS = ("runtime", "test")


def wanted(name: str) -> list[Requirement]:
    lines = (FOLDER / f"{name}.in").read_text().splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.startswith(("-", "#"))]


def pinned(name: str) -> dict[str, str]:
    text = (FOLDER / f"{name}.txt").read_text()
    return {
        canonicalize_name(n): v
        for n, v in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", text, re.M)
    }


@pytest.mark.parametrize("name", SETS)
def test_every_line_is_pinned_and_hashed(name: str):
    text = (FOLDER / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("name", SETS)
def test_no_host_is_named(name: str):
    for suffix in ("in", "txt"):
        text = (FOLDER / f"{name}.{suffix}").read_text()
        assert "://" not in text
        assert (
            re.findall(r"^-(?!r ).*", text, re.MULTILINE) == []
        )  # only files beside it, no index, no folder


@pytest.mark.parametrize("name", SETS)
def test_the_pins_answer_what_was_asked_for(name: str):
    pins = pinned(name)
    for requirement in wanted(name):
        version = pins.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is asked for in {name}.in but not pinned"
        assert requirement.specifier.contains(version, prereleases=True), requirement.name


def test_the_test_set_holds_the_runtime_set_version_for_version():
    runtime, test = pinned("runtime"), pinned("test")
    assert {n: v for n, v in runtime.items() if test.get(n) != v} == {}
