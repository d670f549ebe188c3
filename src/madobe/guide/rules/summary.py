"""The answer as a short Japanese page for a terminal."""

from collections.abc import Mapping
from typing import Any

from .answer import Answer
from .tables import TABLES


def summary(found: Answer, contract: Mapping[str, Any]) -> str:
    """The path in plain lines: what was read, the time it may be, the steps with their reasons, words of care."""
    lines = []
    for read in contract["read_from_text"]:
        code = TABLES.code(read["code"])
        if code is not None:
            lines.append(
                f"「{read['words']}」から、{code.label_for(found.facts.who).ja} と読みました"
            )
    reasons = "、".join(contract["stage_reasons"])
    lines += [found.stage_message.ja, f"（{reasons}）"]
    if found.tomorrow:
        lines.append(found.tomorrow.ja)
    if contract["municipality_candidates"]:
        names = "、".join(
            f"{c['prefecture']}{c['name']}" for c in contract["municipality_candidates"]
        )
        lines.append(f"同じ名前の所があります: {names}")
    named = {s["service_type"]: s["services"] for s in contract["suggestions"]}
    horizon = ""
    for suggestion in found.suggestions:
        if suggestion.horizon != horizon:
            horizon = suggestion.horizon
            lines += ["", TABLES.horizons[horizon].ja]
        lines.append(f"  {suggestion.service.name.ja} — {suggestion.why.ja}")
        lines += [f"    {service['name']}" for service in named[suggestion.service.id]]
    later = [row for row in found.excluded if row.shown_later]
    if later:
        lines += ["", f"{TABLES.horizons['later'].ja}（見るだけなら、いつでも）"]
        lines += [f"  {row.service.name.ja} — {row.reason.ja}" for row in later]
    aside = [row for row in found.excluded if row.asked_for and not row.shown_later]
    if aside:
        lines += ["", "望まれたことと、かわりの先"]
        lines += [f"  {row.service.name.ja} — {row.reason.ja}" for row in aside]
    if found.warnings:
        lines.append("")
        lines += [warning.message.ja for warning in found.warnings]
    return "\n".join(lines)
