"""The papers say what is there."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def broken_links(paper: Path) -> list[str]:
    """Relative links and pictures of a paper that lead nowhere."""
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", paper.read_text())
    return [
        link
        for pair in links
        for link in pair
        if link and "://" not in link and not (paper.parent / link).exists()
    ]


def test_every_link_between_papers_leads_somewhere():
    assert {paper.name: broken for paper in PAPERS if (broken := broken_links(paper))} == {}


def test_a_broken_link_would_be_seen(tmp_path: Path):
    paper = tmp_path / "paper.md"
    paper.write_text('[map](docs/no.md) <img src="no.png">')
    assert broken_links(paper) == ["docs/no.md", "no.png"]


def test_the_map_names_every_floor():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    floors = next(c["layers"] for c in contracts if c["id"] == "floors")
    chart = (ROOT / "docs/map.md").read_text()
    assert [
        name.strip()
        for floor in floors
        for name in floor.split("|")
        if f"| `{name.strip()}` |" not in chart
    ] == []


def test_every_runtime_package_has_its_reason():
    reasons = (ROOT / "docs/adr/0001-dependencies.md").read_text().lower()
    wanted = re.findall(
        r"^([A-Za-z0-9_-]+)", (ROOT / "requirements/runtime.in").read_text(), re.MULTILINE
    )
    known = {"sudachidict_small": "small dictionary", "python-dateutil": "dateutil"}
    assert [name for name in wanted if known.get(name, name).lower() not in reasons] == []
