"""What a machine that watches is told."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from madobe.directory.actions.indexing import build_index
from madobe.directory.actions.upkeep import SILENT_FOR, note_beat
from madobe.directory.search.files import folder_of
from madobe.vault.installed import pepper
from madobe.vault.keystore.models import Pepper
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


def missing(client: Client) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.headers.get("Madobe-Missing", "")


@pytest.mark.django_db
@pytest.mark.parametrize("other", [b"y" * 32, None])
def test_beside_a_foreign_or_empty_key_store_it_is_not_ready(client: Client, other: bytes | None):
    """Also when this process has read the right one before."""
    pepper()
    assert missing(client) == (204, "")
    Pepper.objects.all().delete()
    if other is not None:
        Pepper.objects.create(value=other)
    assert missing(client) == (503, "keys")


@pytest.mark.django_db
def test_to_ask_makes_no_key_store(client: Client):
    assert missing(client) == (204, "")
    assert not Pepper.objects.exists()


@pytest.mark.django_db
def test_when_the_upkeep_falls_silent_it_is_not_ready(client: Client, tmp_path: Path):
    note_beat(tmp_path, at=timezone.now() - SILENT_FOR - timedelta(minutes=1))
    assert missing(client) == (503, "upkeep")
    note_beat(tmp_path, at=timezone.now())
    assert missing(client) == (204, "")
