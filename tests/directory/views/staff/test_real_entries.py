"""Staff pages over real rows: every kind of field as the world writes it."""

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, import_wam, import_windows
from madobe.directory.models import Service
from tests.factories.staff import actor, staff_client

pytestmark = [pytest.mark.django_db, pytest.mark.open_data]
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
EVERY = 60  # one row of so many
FEATURES = (
    "phones", "text_doors", "schedules", "eligibilities", "cost_options", "languages", "contacts", "links", "areas",
    "kinds", "professions", "service_at_locations",
)  # fmt: skip


def some_rows(folder: Path, to: Path) -> Path:
    """A release with a few rows of each file, its other files as they are."""
    to.mkdir()
    for path in sorted(folder.iterdir()):
        if not path.name.endswith(".csv.gz") or path.name.startswith("nationwide"):
            (to / path.name).write_bytes(path.read_bytes())
            continue
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with gzip.open(to / path.name, "wt", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([rows[0], *rows[1::EVERY]])
    return to


@pytest.fixture
def real_entries(open_data: Path, tmp_path: Path) -> None:
    load_founding(by="test", at=AT)
    windows = some_rows(open_data / "municipal_windows", tmp_path / "windows")
    import_windows(request=ImportRequest(files=[windows], by="import windows", at=AT))
    wam = some_rows(open_data / "wam_2024-09", tmp_path / "wam")
    import_wam(request=ImportRequest(files=[wam], by="import wam", at=AT))


def test_every_page_opens_for_entries_with_every_kind_of_field(real_entries: None):
    client = staff_client(actor("admin"))
    chosen = set()
    for feature in FEATURES:
        chosen |= set(
            Service.objects.filter(**{f"{feature}__isnull": False})
            .order_by("pk").values_list("pk", flat=True).distinct()[:4]
        )  # fmt: skip
    for column in ("status", "availability", "organization__sector", "recheck_months"):
        for value in set(Service.objects.values_list(column, flat=True)):
            chosen |= set(
                Service.objects.filter(**{column: value})
                .order_by("pk")
                .values_list("pk", flat=True)[:2]
            )
    assert len(chosen) > 15
    base = "/staff/directory/"
    paths = [base, f"{base}due/", f"{base}reviews/", f"{base}vetting/", f"{base}?q=センター"]
    for key in sorted(chosen):
        owner = Service.objects.get(pk=key).organization_id
        paths += [f"{base}{key}/", f"{base}{key}/edit/", f"{base}services/{key}/standing/"]
        paths.append(f"{base}organizations/{owner}/vetting/")
    for path in paths:  # a browser sends no form without its token, the client of tests does
        forms = BeautifulSoup(client.get(path).content.decode(), "html.parser").select(
            "form[method=post]"
        )
        assert all(form.select("[name=csrfmiddlewaretoken]") for form in forms), path
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
