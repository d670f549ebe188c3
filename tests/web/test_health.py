"""What a machine that watches is told."""

from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client

from madobe.directory.actions.indexing import build_index
from madobe.directory.search.files import folder_of
from madobe.web.views import health
from tests.factories.directory import AT, make_service


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.django_db
def test_without_a_snapshot_it_is_ready_and_says_so(client: Client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Madobe-Index"]) == (204, "sql")


@pytest.mark.django_db
def test_with_a_snapshot_it_says_so(client: Client, tmp_path: Path):
    make_service()
    build_index(folder_of(tmp_path), at=AT)
    assert client.get("/readyz")["Madobe-Index"] == "snapshot"


@pytest.mark.django_db
def test_without_a_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch):
    def gone() -> str:
        raise DatabaseError

    monkeypatch.setattr(health.queries, "search_stands_on", gone)
    assert client.get("/readyz").status_code == 503
