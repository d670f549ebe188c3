"""What the public may see is decided in one place: public code reads services only through `shown()` or the cards."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/madobe"
# Code that answers the public. Staff screens and writers see everything, and say so by where they live.
PUBLIC = (
    "guide/**/*.py", "web/**/*.py", "directory/queries/**/*.py", "directory/search/**/*.py",
    "directory/views/**/*.py", "directory/exports/**/*.py", "directory/api/**/*.py", "directory/hsds/**/*.py",
)  # fmt: skip
FOR_STAFF = {
    "directory/queries/duplicates.py",
    "directory/queries/vetting.py",
    "directory/queries/merging.py",
}
GUARDED = {"Service", "Organization"}


def unguarded(source: str) -> list[int]:
    """The lines that read services or operators by a chain without `shown()`."""
    tree = ast.parse(source)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    inner |= {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    lines = []
    for node in ast.walk(tree):
        if id(node) in inner or not isinstance(node, ast.Attribute | ast.Call):
            continue
        names = set()
        step: ast.AST = node
        while isinstance(step, ast.Attribute | ast.Call):
            names |= {step.attr} if isinstance(step, ast.Attribute) else set()
            step = step.value if isinstance(step, ast.Attribute) else step.func
        reads = (
            isinstance(step, ast.Name)
            and step.id in GUARDED
            and names & {"objects", "_default_manager"}
        )
        asks = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
        if reads and "shown" not in asks:
            lines.append(node.lineno)
    return lines


def public_files() -> list[Path]:
    found = {path for pattern in PUBLIC for path in SOURCE.glob(pattern)}
    return sorted(
        path
        for path in found
        if str(path.relative_to(SOURCE)) not in FOR_STAFF
        and not {"editing", "staff", "actions", "commands", "migrations"} & {*path.parts}
    )


def test_public_code_reads_services_only_through_shown():
    wrong = {
        str(path.relative_to(SOURCE)): lines
        for path in public_files()
        if (lines := unguarded(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


def test_the_public_code_is_found():
    assert {path.name for path in public_files()} >= {"places.py", "seeker.py"}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Service.objects.filter(status='published')", [1]),
        ("x = [s.name for s in Service.objects.all()]", [1]),
        ("Organization._default_manager.get(pk=1)", [1]),
        ("Service.objects.filter(pk=1).shown().first()", []),
        ("Service.objects.all().shown()", []),
        ("Organization.objects.filter(Exists(Service.objects.shown()))", []),
        ("Card.objects.filter(pk=1)", []),
        ("found(\n    Service.objects.values('pk')\n)", [2]),
    ],
)
def test_a_query_that_forgets_it_is_found(source: str, lines: list[int]):
    assert unguarded(source) == lines
