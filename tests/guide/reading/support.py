"""What the tests of the reader share: loading our sentences and naming what was read."""

from pathlib import Path
from typing import Any

import yaml

from madobe.guide.rules.reading import read
from madobe.guide.rules.situation import Reading

HERE = Path(__file__).parent


def load(name: str) -> list[dict[str, Any]]:
    """The entries of a YAML file beside this one."""
    return list(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")))


def codes(text: str, who: str = "") -> set[str]:
    """Codes read, each also as code/about."""
    readings = read(text, who=who)
    return {r.code for r in readings} | {f"{r.code}/{r.about}" for r in readings}


def value(readings: tuple[Reading, ...], kind: str) -> str:
    """The value of the first reading of a kind, "" when there is none."""
    return next((r.value for r in readings if r.kind == kind), "")


def complaints(entry: dict[str, Any]) -> list[str]:
    """What a situation expected and did not get; empty when all is well."""
    readings = read(entry["text"], who=entry["who"])
    have = {r.code for r in readings} | {f"{r.code}/{r.about}" for r in readings}
    wrong = [f"missing {code}" for code in entry.get("read", ()) if code not in have]
    wrong += [f"read {code}" for code in entry.get("not", ()) if code in have]
    if "expect_who" in entry and value(readings, "who") != entry["expect_who"]:
        wrong.append(f"who is {value(readings, 'who')!r}, not {entry['expect_who']!r}")
    if "place" in entry and value(readings, "municipality") != entry["place"]:
        wrong.append(f"place is {value(readings, 'municipality')!r}, not {entry['place']!r}")
    for kind in ("age", "months"):
        if kind in entry and int(value(readings, kind) or -1) != entry[kind]:
            wrong.append(f"{kind} is {value(readings, kind)}, not {entry[kind]}")
    return wrong
