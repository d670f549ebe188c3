"""A backup goes into an empty host and is the same there, byte for byte; nothing else is ever touched."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections
from pyrage import x25519

from madobe.audit.actions import record
from madobe.audit.queries import broken_links
from madobe.web.actions.backups import making
from madobe.web.actions.backups.making import make_backup
from madobe.web.actions.backups.restoring import (
    identity_from_text,
    restore_backup,
)
from madobe.web.models import Feedback
from tests.factories.backups import backed_up, restore
from tests.factories.houses import AT, another_letter, furnish, keyring_of, read_by


def test_an_empty_host_becomes_the_same_table_by_table(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    before = old.content()
    restored = restore(fresh, made, house)
    assert fresh.content() == before
    assert len(restored.tables) == len(before) > 50
    with fresh.entered():
        assert read_by(keyring_of(house.hana)) == house.letters


def test_a_host_with_tables_and_nothing_in_them_is_empty(new_host, tmp_path):
    old, fresh = new_host(), new_host()
    house, made = backed_up(old, tmp_path / "out")
    restore(fresh, made, house)
    assert fresh.content() == old.content()


def test_a_table_left_out_would_be_seen(new_host, tmp_path):
    """The control of the test above: one table emptied on the way, and the digests differ."""
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    restore(fresh, made, house)
    with fresh.entered():
        Feedback.objects.all().delete()
    differing = {name for name, digest in old.content().items() if fresh.content()[name] != digest}
    assert differing == {"default.web_feedback"}


def test_what_signs_comes_along_with_the_keys(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    (old.data / "secret.key").write_text("k" * 60)
    (fresh.data / "secret.key").write_text("other" * 20)
    house, made = backed_up(old, tmp_path / "out")
    restore(fresh, made, house)
    assert (fresh.data / "secret.key").read_text() == "k" * 60
    assert (fresh.data / "secret.key").stat().st_mode & 0o077 == 0


def test_a_key_of_the_operators_own_opens_it_without_any_sheet(new_host, tmp_path, settings):
    operator = x25519.Identity.generate()
    settings.BACKUP_KEYS = [str(operator.to_public())]
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    assert made.sealed_to == 2
    written = f"# created: 2026\n# public key: {operator.to_public()}\n{operator}\n"
    with fresh.entered():
        restore_backup(data=made.data, keys=made.keys, identity=identity_from_text(written))
    assert fresh.content() == old.content()


def test_older_tables_are_brought_up_to_date(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    with old.entered():
        house = furnish()
        call_command("migrate", "web", "0001", verbosity=0)
        made = make_backup(folder=tmp_path / "out", at=AT + timedelta(days=1))
    restore(fresh, made, house)
    with fresh.entered():
        assert Feedback._meta.db_table in connections["default"].introspection.table_names()
        assert Feedback.objects.count() == 0


def test_files_are_for_their_owner_alone_and_no_other_file_stays(new_host, tmp_path):
    old = new_host()
    _, made = backed_up(old, tmp_path / "out")
    assert sorted(tmp_path.joinpath("out").iterdir()) == [made.data, made.keys]
    assert [file.stat().st_mode & 0o777 for file in (made.data, made.keys)] == [0o600] * 2
    left = {file.name for file in [*old.data.iterdir(), *old.keys.iterdir()]}
    assert not {name for name in left if name.startswith(".")}


def test_a_letter_that_arrives_meanwhile_is_never_without_its_key(new_host, tmp_path, monkeypatch):
    """Whether it came before the copy of the data or between the two copies."""
    old, fresh = new_host(), new_host(migrated=False)
    write, letters = making.write_sealed, {}

    def and_then_one_arrives(path, **more):
        write(path, **more)
        letters.update(another_letter())

    with old.entered():
        house = furnish()
        monkeypatch.setattr(making, "write_sealed", and_then_one_arrives)
        made = make_backup(folder=tmp_path / "out", at=AT)
    restored = restore(fresh, made, house)
    assert len(letters) == 2
    assert restored.cases_without_key == 0
    with fresh.entered():
        assert read_by(keyring_of(house.hana)) == house.letters


def test_the_trail_is_guarded_there_too(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    with old.entered():
        record(by="tests", action="tests.act", at=AT)
    house, made = backed_up(old, tmp_path / "out")
    restore(fresh, made, house)
    with fresh.entered():
        assert broken_links() == []
        for statement in ("UPDATE audit_auditevent SET by = 'x'", "DELETE FROM audit_auditevent"):
            with pytest.raises(DatabaseError, match="stay as they are"):
                connections["default"].cursor().execute(statement)


def test_new_rows_are_numbered_on_from_the_old_ones(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    restore(fresh, made, house)
    with fresh.entered():
        last = Feedback.objects.order_by("-pk").first()
        new = Feedback.objects.create(page="front", language="ja", received_date=AT.date())
        assert new.pk > last.pk
