"""On PostgreSQL what is asked often is planned once, and more may be asked for than can be bound."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.db.backends.postgresql import base

from madobe.desks.models import Desk
from tests.desks.calendars import make_desk

ROOT = Path(__file__).resolve().parents[2]
MANY = 70_000 if connection.vendor == "postgresql" else 500
HERE = "postgres://madobe@db.example.jp/madobe"
ASKED = "SELECT name FROM desks_desk WHERE id = %s AND position > 17"


def is_planned(*, after: int) -> bool:
    """Whether the connection keeps the plan of a statement once it was asked so often."""
    with connection.cursor() as cursor:
        for _ in range(after):
            cursor.execute(ASKED, [uuid4()])
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return any("position > 17" in one for (one,) in cursor.fetchall())


@pytest.fixture
def kept() -> Iterator[Any]:
    """A connection of a process, kept from one page to the next."""
    one = connection.copy()
    one.ensure_connection()
    yield one
    one.close()


def asks_before_a_page(kept: Any) -> bool:
    """Whether it is used after a question whether it can be."""
    with patch.object(base.DatabaseWrapper, "is_usable", return_value=True) as asked:
        assert kept.is_usable()
    return bool(asked.called)


if connection.vendor == "postgresql":

    @pytest.mark.django_db
    def test_what_is_asked_often_is_planned_once():
        assert not is_planned(after=4)
        assert is_planned(after=4)

    @pytest.mark.django_db
    def test_a_connection_on_which_nothing_waits_is_used_without_a_question(kept: Any):
        assert not asks_before_a_page(kept)
        with kept.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert not asks_before_a_page(kept)

    @pytest.mark.django_db
    def test_a_connection_on_which_something_waits_is_asked_first(kept: Any):
        with kept.cursor() as cursor:
            cursor.execute("LISTEN something")
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("NOTIFY something")
        other.close()
        assert select([kept.connection], [], [], 10)[0]  # its server hears of it a moment later
        assert asks_before_a_page(kept)
        assert kept.is_usable()

    @pytest.mark.django_db
    def test_a_connection_the_server_has_ended_is_not_used_again(kept: Any):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(%s, 10000)", [kept.connection.info.backend_pid]
            )
            assert cursor.fetchone() == (True,)
        assert not kept.is_usable()

    @pytest.mark.django_db
    def test_a_connection_that_is_closed_is_not_used_again(kept: Any):
        kept.connection.close()
        assert not kept.is_usable()


@pytest.mark.django_db
def test_more_values_than_can_be_bound_find_what_is_there():
    here = make_desk().pk
    asked = [here, *(uuid4() for _ in range(MANY))]
    assert [one.pk for one in Desk.objects.filter(pk__in=asked)] == [here]


@pytest.mark.django_db
def test_a_percent_sign_stays_one_whether_or_not_values_are_bound():
    """More values than can be bound are written into the statement, and the statement is not read twice."""
    make_desk(name="100%の窓")
    for many in (1, MANY):
        some = Desk.objects.filter(name__contains="100%の").exclude(
            pk__in=[uuid4() for _ in range(many)]
        )
        assert [one.name for one in some] == ["100%の窓"]


@pytest.mark.parametrize(("pooler", "prepares"), [({}, "5"), ({"MADOBE_POOLER": "true"}, "None")])
def test_behind_a_pooler_nothing_is_prepared(pooler: dict[str, str], prepares: str):
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from config.settings import DATABASES as d; "
            "print(*(one['OPTIONS']['prepare_threshold'] for one in d.values()))",
        ],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "DATABASE_URL": HERE,
            "KEYS_DATABASE_URL": HERE,
            **pooler,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [prepares, prepares]
