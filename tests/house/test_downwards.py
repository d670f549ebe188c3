"""What import-linter cannot see: string foreign keys and templates point downwards too."""

import re
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/madobe"
USED = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
ANY_USE = re.compile(r"""{%-?\s*(?:include|extends)\s+(?!["'])""")


def floors() -> list[str]:
    """The floors, ground first, as the import contract lists them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c["layers"] for c in contracts if c["id"] == "floors")
    return [name.strip() for floor in reversed(layers) for name in floor.split("|")]


def upward_uses(floor: str, text: str) -> list[str]:
    """The templates that `text`, a template of `floor`, takes from floors above it."""
    order = floors()
    above = set(order[order.index(floor) + 1 :])
    return [name for name in USED.findall(text) if name.split("/")[0] in above]


def test_templates_include_and_extend_only_downwards():
    wrong = [
        (path.name, name)
        for floor in floors()
        for path in (SOURCE / floor).rglob("templates/**/*.html")
        for name in upward_uses(floor, path.read_text())
    ]
    assert wrong == []


def test_an_upward_include_would_be_seen():
    assert upward_uses("ui", '{% include "guide/_step.html" %}') == ["guide/_step.html"]
    assert upward_uses("web", '{% extends "ui/base.html" %}') == []


def test_every_app_keeps_its_templates_under_its_own_name():
    wrong = [
        str(path.relative_to(SOURCE))
        for floor in floors()
        for path in (SOURCE / floor / "templates").glob("*")
        if path.name not in {floor, "404.html", "500.html", "400.html", "403.html"}
    ]
    assert wrong == []


def test_models_refer_only_downwards():
    order = floors()
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in order:
            continue  # a library's: below every floor
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                other = field.related_model._meta.app_label
                assert other not in order or order.index(other) <= order.index(label), (
                    f"{model.__name__}.{field.name}"
                )
