"""Small HSDS records for tests, and short ways to take them in and give them out."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from madobe.directory.actions.exporting import export_hsds
from madobe.directory.actions.importing import ImportRequest, Report, import_hsds
from tests.factories.directory import AT

TRUST = {"trust_source": "見本の名簿", "kind": "counseling"}


def key(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://example.org/{name}"))


def organization(name: str = "club", /, **said: Any) -> dict[str, Any]:
    return {
        "id": key(f"organization:{name}"),
        "name": f"Club {name}",
        "description": "A club.",
    } | said


def service(name: str = "tea", /, **said: Any) -> dict[str, Any]:
    return {
        "id": key(f"service:{name}"),
        "name": f"Service {name}",
        "description": "Tea and talk.",
        "status": "active",
        "organization": organization(),
        "x_unknown": {"kept": [1, "二"]},
        "funding": [{"id": key(f"funding:{name}"), "source": "A foundation"}],
        "phones": [
            {
                "id": key(f"phone:{name}"),
                "number": "042-000-0001",
                "type": "voice",
                "x_note": "quiet line",
            }
        ],
    } | said


def write(folder: Path, documents: Any, name: str = "services.json") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents)
        if name.endswith("ndjson")
        else json.dumps(documents, ensure_ascii=False)
    )
    return path


def take(*files: Path, at: datetime = AT, dry_run: bool = False, **how: Any) -> Report:
    report = import_hsds(
        request=ImportRequest(files=list(files), by="import hsds", at=at, dry_run=dry_run, **how)
    )
    assert report.rows == (
        report.added + report.changed + report.unchanged + report.rejected + report.duplicates
    )
    return report


def given_out(folder: Path, name: str) -> list[Any]:
    export_hsds(folder)
    return [json.loads(line) for line in (folder / f"{name}.ndjson").read_text().splitlines()]
