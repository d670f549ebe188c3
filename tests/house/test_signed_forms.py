"""A part of a page that is given nothing but what is named is given the signature of its forms, too."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "madobe"
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"([^%]*)\bonly\s*%}')
SIGNED = "{% csrf_token %}"


def unsigned(page: str, parts: dict[str, str]) -> list[str]:
    """The parts a page includes that could not be sent from there."""
    return [
        name
        for name, given in INCLUDE.findall(page)
        if SIGNED in parts.get(name, "") and "csrf_token=csrf_token" not in given
    ]


def test_no_form_of_a_part_is_left_without_its_signature():
    files = list(SOURCE.glob("*/templates/**/*.html"))
    parts = {str(one).partition("/templates/")[2]: one.read_text("utf-8") for one in files}
    assert sum(SIGNED in text for text in parts.values()) > 20
    found = {name: unsigned(text, parts) for name, text in parts.items()}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_a_part_without_it_is_found():
    parts = {"a.html": f"<form>{SIGNED}</form>", "b.html": "<p>"}
    page = '{% include "a.html" with found=found only %}{% include "b.html" only %}'
    assert unsigned(page, parts) == ["a.html"]
    assert unsigned(page.replace("found=found", "csrf_token=csrf_token"), parts) == []
