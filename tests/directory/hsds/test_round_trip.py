"""What comes in goes out the same: the official example, the mock data, and our own directory."""

import gzip
import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from madobe.directory.actions.exporting import export_hsds
from madobe.directory.actions.importing import ImportRequest, import_windows
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import (
    Card,
    Document,
    FieldSource,
    Location,
    Organization,
    Original,
    Phone,
    Service,
    SourceRecord,
)
from tests.factories.directory import AT

from .asking import get
from .records import TRUST, given_out, organization, service, take, write

pytestmark = pytest.mark.django_db
EXAMPLE = {
    "services": "service_full.json", "organizations": "organization_full.json",
    "service_at_locations": "service_at_location_full.json",
    "taxonomies": "taxonomy.json", "taxonomy_terms": "taxonomy_term.json",
}  # fmt: skip
LATER = AT + timedelta(days=30)


def one_of(found: list[Any], key: str) -> Any:
    return next(one for one in found if one["id"] == key)


def official(name: str) -> dict[str, Any]:
    return json.loads(
        (settings.OPEN_DATA_DIR / "hsds/spec-3.0/examples" / EXAMPLE[name]).read_text()
    )


def mock(name: str) -> dict[str, Any]:
    folder = settings.OPEN_DATA_DIR / "hsds/mock-api-data/data" / name
    return json.loads(next(folder.glob("*.json")).read_text())


@pytest.mark.open_data
@pytest.mark.parametrize(
    ("folder", "told"), [("spec-3.0/examples", official), ("mock-api-data", mock)]
)
def test_what_others_publish_goes_out_equal(tmp_path, folder, told):
    report = take(settings.OPEN_DATA_DIR / "hsds" / folder, **TRUST)
    assert (report.rows, report.added, report.problems) == (1, 1, [])
    export_hsds(tmp_path)
    for name in EXAMPLE:
        lines = (tmp_path / f"{name}.ndjson").read_text().splitlines()
        given = one_of([json.loads(line) for line in lines], told(name)["id"])
        assert given == told(name), name


@pytest.mark.open_data
def test_the_api_gives_the_mock_data_too(tmp_path):
    """All but the time of the last change, which is ours."""
    take(settings.OPEN_DATA_DIR / "hsds/mock-api-data", **TRUST)
    whole = get(f"services/{mock('services')['id']}").json()
    assert whole | {"last_modified": ""} == mock("services") | {"last_modified": ""}


@pytest.mark.open_data
def test_an_edit_changes_only_its_part_of_the_mock_data(tmp_path):
    take(settings.OPEN_DATA_DIR / "hsds/mock-api-data", **TRUST)
    told = mock("services")
    Service.objects.filter(pk=told["id"]).update(alert="Closed today")
    refresh_listing(services=[told["id"]], at=LATER)
    given = one_of(given_out(tmp_path, "services"), told["id"])
    assert given.pop("last_modified") != told.pop("last_modified")
    assert given == told | {"alert": "Closed today"}


def gone() -> None:
    """Take the whole directory away, as if this were another machine."""
    FieldSource.objects.all().delete()
    SourceRecord.objects.all().delete()
    Original.objects.all().delete()
    Card.objects.all().delete()
    Document.objects.all().delete()
    Service.objects.all().delete()
    Location.objects.all().delete()
    Phone.objects.all().delete()
    Organization.objects.all().delete()


@pytest.mark.open_data
def test_our_own_directory_goes_out_and_comes_back_equal(tmp_path):
    rows = gzip.decompress(
        (settings.OPEN_DATA_DIR / "municipal_windows/offices.csv.gz").read_bytes()
    )
    (tmp_path / "offices.csv").write_bytes(b"\n".join(rows.splitlines()[:61]) + b"\n")
    import_windows(request=ImportRequest(files=[tmp_path / "offices.csv"], by="test", at=AT))
    first, second = tmp_path / "first", tmp_path / "second"
    export_hsds(first)
    cards = {card.pk: json.loads(card.body) for card in Card.objects.all()}
    gone()
    report = take(first, trust_source="別のまどべ")
    assert (report.added, report.rejected, report.problems) == (len(cards), 0, [])
    export_hsds(second)
    for path in sorted(first.glob("*.ndjson")):
        assert (second / path.name).read_bytes() == path.read_bytes()
    back = {card.pk: json.loads(card.body) for card in Card.objects.all()}
    assert back.keys() == cards.keys()
    for key, card in cards.items():
        assert _facts(back[key]) == _facts(card)


def _facts(card: dict[str, Any]) -> dict[str, Any]:
    """Without the address: one without a certain postal code is told in words only, so it comes back plainer;
    and without the register, which is the origin's: a follower knows the entry from the origin.
    """
    return {
        name: sorted(value, key=repr) if name in ("links", "departments", "conditions") else value
        for name, value in card.items()
        if name not in ("address", "building", "register_name", "register_date")
    }


def test_the_same_data_make_the_same_bytes(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    export_hsds(first)
    export_hsds(second)
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_the_package_says_what_lies_there_and_from_whom(tmp_path):
    take(write(tmp_path / "in", [service()]), **TRUST)
    export_hsds(tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    for one in package["resources"]:
        content = (tmp_path / "out" / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert (one["bytes"], one["records"]) == (len(content), content.count(b"\n"))
    assert [one["services"] for one in package["sources"] if "見本の名簿" in one["title"]] == [1]
    assert "見本の名簿" in (tmp_path / "out" / "ATTRIBUTION.md").read_text()


def test_what_is_not_shown_does_not_go_out(tmp_path):
    take(write(tmp_path / "in", [service(organization=organization("hidden"))]))
    export_hsds(tmp_path / "out")
    said = "".join(path.read_text() for path in Path(tmp_path / "out").iterdir())
    assert "Service tea" not in said
    assert "Club hidden" not in said
