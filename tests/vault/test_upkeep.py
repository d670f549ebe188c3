"""On PostgreSQL the bytes of an erased key leave the table with the day's work."""

from uuid import uuid4

import pytest
from django.db import connections

from madobe.lib.chores import chores
from madobe.vault.actions.cases import begin_case, shred_case
from madobe.vault.actions.upkeep import rewrite_keys
from madobe.vault.keystore.models import ShredKey
from tests.factories.houses import AT

from .people import DAY, somebody

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def pages() -> bytes:
    """The table's file as the server has it on its disk."""
    with connections["keys"].cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(%s))", [ShredKey._meta.db_table]
        )
        return bytes(cursor.fetchone()[0])


def key_of(case: object) -> bytes:
    return bytes(ShredKey.objects.get(case=case).key)


def on_postgres() -> bool:
    return connections["keys"].vendor == "postgresql"


def test_an_erased_key_is_gone_from_the_table_and_a_living_one_is_there():
    aoki = somebody()
    dead, living = (
        begin_case(case=uuid4(), readers=[aoki.holder], on=DAY).opened.of.case for _ in range(2)
    )
    gone, held = key_of(dead), key_of(living)
    shred_case(dead)
    if not on_postgres():
        assert rewrite_keys(AT) == 0
        return
    assert gone in pages()  # what the work is for
    assert rewrite_keys(AT) == 1
    assert gone not in pages()
    assert held in pages()
    assert key_of(living) == held


def test_while_somebody_reads_it_is_left_for_the_next_time(monkeypatch):
    if not on_postgres():
        assert rewrite_keys(AT) == 0
        return
    monkeypatch.setattr("madobe.vault.actions.upkeep._PATIENCE", "50ms")
    reader = connections["keys"].copy()
    try:
        with reader.cursor() as cursor:
            cursor.execute(f"BEGIN; SELECT count(*) FROM {ShredKey._meta.db_table}")
            assert rewrite_keys(AT) == 0
            cursor.execute("COMMIT")
    finally:
        reader.close()
    assert rewrite_keys(AT) == 1


def test_it_comes_round_by_itself():
    assert rewrite_keys in [chore.act for chore in chores()]
