"""Every object of every endpoint is valid HSDS 3.0 by the official schemas, formats included."""

import copy
import json
from uuid import UUID

import pytest
from django.conf import settings

from madobe.directory.actions.importing import ImportRequest, import_windows
from madobe.directory.hsds.check import faults_of
from tests.factories.directory import AT

from .asking import ids, said, streamed
from .official import SCHEMAS, faults, folder

pytestmark = [pytest.mark.open_data, pytest.mark.django_db]
WINDOWS = 40  # rows of the real release in the everyday test; bench/hsds.py takes all


@pytest.fixture
def windows(tmp_path):
    """The first rows of the real municipal windows, beside the founding facts."""
    import gzip

    source = settings.OPEN_DATA_DIR / "municipal_windows" / "offices.csv.gz"
    lines = gzip.decompress(source.read_bytes()).decode("utf-8-sig").splitlines(keepends=True)
    (tmp_path / "offices.csv").write_text("".join(lines[: WINDOWS + 1]))
    report = import_windows(
        request=ImportRequest(files=[tmp_path / "offices.csv"], by="test", at=AT)
    )
    assert report.added == WINDOWS


@pytest.mark.parametrize("path", SCHEMAS)
def test_every_object_is_valid(path, windows):
    short, whole = SCHEMAS[path]
    found = said(path, per_page=500)["contents"]
    assert found
    assert [fault for one in found for fault in faults(short, one)] == []
    if path in ("services", "organizations", "service_at_locations"):
        everything = streamed(path, full="true")
        assert len(everything) == len(found)
        assert [fault for one in everything for fault in faults(whole, one)] == []
    one = said(f"{path}/{found[0]['id']}")
    assert faults(whole, one) == []


def test_the_least_of_a_service_is_valid_too(windows):
    found = said("services", minimal="true")["contents"]
    assert [fault for one in found for fault in faults("compiled/service_list", one)] == []


def test_organizations_with_full_services_are_valid(windows):
    found = said("organizations", full_service="true", per_page=500)["contents"]
    assert [fault for one in found for fault in faults("compiled/organization", one)] == []


def test_every_id_belongs_to_one_thing(windows):
    """The same place or organization may be told of several times; two things never share an id."""
    seen: dict[str, str] = {}

    def walk(value, name):
        if isinstance(value, list):
            for one in value:
                walk(one, name)
        elif isinstance(value, dict):
            if "id" in value:
                UUID(value["id"])
                kind = {"taxonomy_term": "taxonomy_term"}.get(name, name)
                told = json.dumps([kind, value], sort_keys=True)
                assert seen.setdefault(value["id"], told) == told
            for key, one in value.items():
                walk(one, key)

    for one in streamed("services", full="true"):
        walk(one, "services")


@pytest.mark.parametrize(
    "broken",
    [
        {"url": "https://example.jp/相談"},
        {"url": "example.jp"},
        {"email": "nobody"},
        {"last_modified": "2026-11-26 06:28"},
        {"id": "3a19ff88"},
        {"status": "open"},
        {"name": None},
    ],
)  # fmt: skip
def test_what_is_broken_turns_it_red(broken):
    """Control: the official check and ours both see it."""
    whole = said(f"services/{ids('services')[0]}")
    assert faults("compiled/service", whole) == []
    assert faults("compiled/service", whole | broken)
    assert list(faults_of(whole | broken, "service"))


def test_our_check_and_the_official_one_agree_on_the_examples():
    """Every example as it is, and with every single value spoiled in turn."""
    for name, shape in (("service_full", "service"), ("organization_full", "organization")):
        example = json.loads((folder() / "examples" / f"{name}.json").read_text())
        schema = f"compiled/{shape}"
        assert faults(schema, example) == []
        assert list(faults_of(example, shape)) == []
        for place in list(_places(example))[::7]:
            for wrong in (None, "?? ?", 7, [], {}, True):
                spoiled = copy.deepcopy(example)
                _put(spoiled, place, wrong)
                official = bool(faults(schema, spoiled))
                ours = bool(list(faults_of(spoiled, shape)))
                assert official == ours, (place, wrong)


def _places(value, at=()):
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in items:
        yield (*at, key)
        yield from _places(one, (*at, key))


def _put(document, place, value):
    for key in place[:-1]:
        document = document[key]
    document[place[-1]] = value
