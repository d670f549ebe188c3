"""A database and its key store belong together: another is refused, and a second pepper is never made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from madobe.vault import installed
from madobe.vault.installed import (
    KeyStoreIsNotOurs,
    forget_what_is_kept,
    form_key,
    installation,
    pepper,
)
from madobe.vault.keystore.models import Pepper
from madobe.vault.models import Installation
from tests.factories.threads import alone, at_once, shared_database

from .people import undone


@pytest.mark.django_db
def test_what_is_kept_stays_the_same_when_read_anew():
    before = (installation(), pepper(), form_key())
    forget_what_is_kept()
    assert (installation(), pepper(), form_key()) == before
    assert (Installation.objects.count(), Pepper.objects.count()) == (1, 1)
    assert Installation.objects.get().identity == installation()
    assert len({*before}) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("other", [b"y" * 32, None])
def test_a_foreign_or_empty_key_store_is_refused_and_gets_no_second_pepper(other: bytes | None):
    pepper()
    Pepper.objects.all().delete()
    if other is not None:
        Pepper.objects.create(value=other)
    forget_what_is_kept()
    for asked in (pepper, installation, form_key):
        with pytest.raises(KeyStoreIsNotOurs):
            asked()
    assert [bytes(one.value) for one in Pepper.objects.all()] == ([other] if other else [])


@pytest.mark.django_db
def test_the_right_key_store_put_back_is_ours_again():
    value = pepper()
    Pepper.objects.all().delete()
    forget_what_is_kept()
    with pytest.raises(KeyStoreIsNotOurs):
        pepper()
    Pepper.objects.create(value=value)
    assert pepper() == value


@pytest.mark.django_db
def test_a_first_moment_that_was_undone_comes_again_as_the_same():
    """Sealed with an id that never came to be, what was written would be lost at the next start."""
    before = undone(lambda: (installation(), pepper()))
    assert not Installation.objects.exists()
    forget_what_is_kept()  # the process that comes next
    assert (installation(), pepper()) == before
    assert Installation.objects.get().identity == before[0]


@pytest.mark.django_db
def test_neither_id_nor_print_tells_the_pepper():
    value = pepper()
    row = Installation.objects.get()
    for told in (row.identity.bytes, bytes(row.pepper_print)):
        assert told not in value
        assert value not in told


@pytest.fixture
def room(tmp_path: Path) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


@pytest.mark.django_db(transaction=True)
def test_five_who_come_first_at_the_same_moment_agree(room: None):
    told = at_once([lambda: (installed._checked(), installation())] * 5)
    assert len({*told}) == 1
    assert isinstance(told[0], tuple), told
    assert alone(lambda: (Pepper.objects.count(), Installation.objects.count())) == (1, 1)
    assert alone(lambda: bytes(Pepper.objects.get().value)) == told[0][0]
    assert alone(lambda: Installation.objects.get().identity) == told[0][1]


@pytest.mark.django_db(transaction=True)
def test_once_committed_it_is_read_once_a_process(room: None):
    value = alone(pepper)
    alone(lambda: Pepper.objects.all().delete())
    assert alone(pepper) == value
    forget_what_is_kept()
    with pytest.raises(KeyStoreIsNotOurs):
        alone(pepper)
