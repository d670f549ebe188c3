"""What is not restored and not backed up, and that nothing is changed then."""

import pytest
from django.db import connections
from pyrage import x25519

from madobe.vault.actions.recovery import make_recovery
from madobe.vault.installed import installation
from madobe.web.actions.backups import making
from madobe.web.actions.backups.alone import alone
from madobe.web.actions.backups.making import make_backup
from madobe.web.actions.backups.refusals import (
    AnotherOneRuns,
    FolderIsNotThere,
    NoKeyToSealTo,
    NotAKeyToSealTo,
    NotEmpty,
    NotOpened,
    NotWhole,
    OfANewerRelease,
    OfAnotherInstallation,
    TablesAreMissing,
    WrongPart,
)
from madobe.web.actions.backups.restoring import (
    identity_from_sheets,
    restore_backup,
)
from madobe.web.models import Feedback
from tests.factories.backups import backed_up, is_empty, restore
from tests.factories.houses import AT, furnish


def test_a_host_in_use_is_left_alone(new_host, tmp_path):
    old, used = new_host(), new_host()
    house, made = backed_up(old, tmp_path / "out")
    with used.entered():
        Feedback.objects.create(page="front", language="ja", received_date=AT.date())
    before = used.content()
    with pytest.raises(NotEmpty, match="web_feedback"):
        restore(used, made, house)
    assert used.content() == before


def test_a_key_store_in_use_is_left_alone(new_host, tmp_path):
    old, used = new_host(), new_host()
    house, made = backed_up(old, tmp_path / "out")
    with used.entered():
        installation()
        connections["default"].cursor().execute("DELETE FROM vault_installation")
    before = used.content()
    with pytest.raises(NotEmpty, match="keystore_pepper"):
        restore(used, made, house)
    assert used.content() == before


def test_a_database_of_somebody_else_is_left_alone(new_host, tmp_path):
    old, other = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    with other.entered():
        connections["default"].cursor().execute("CREATE TABLE theirs (name varchar(9))")
    with pytest.raises(NotEmpty, match="theirs"):
        restore(other, made, house)
    with other.entered():
        assert connections["default"].introspection.table_names() == ["theirs"]


def test_ended_between_keys_and_data_the_same_command_goes_on(new_host, tmp_path, monkeypatch):
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    restore(fresh, made, house)
    with fresh.entered():  # as a machine that went dark before the data were there
        store = making.store_of("default")
        store.clear()
    restore(fresh, made, house)
    assert fresh.content() == old.content()


def test_keys_are_taken_out_again_when_the_data_cannot_be_put_in(new_host, tmp_path, monkeypatch):
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    store = type(making.store_of("default"))
    put = store._put

    def full(self, *given):
        if self.alias == "default":
            raise OSError(28, "No space left on device")
        put(self, *given)

    monkeypatch.setattr(store, "_put", full)
    with pytest.raises(OSError, match="No space"):
        restore(fresh, made, house)
    assert is_empty(fresh)


def test_a_file_of_the_other_part_is_refused(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    with pytest.raises(WrongPart, match="given as data"):
        restore(fresh, made, house, data=made.keys, keys=made.data)
    with pytest.raises(WrongPart, match="given as keys"):
        restore(fresh, made, house, keys=made.data)
    assert is_empty(fresh)


def test_keys_of_another_installation_are_refused(new_host, tmp_path):
    """Sealed to the same people, so that both files open: still they do not belong together."""
    old, other, fresh = new_host(), new_host(), new_host(migrated=False)
    operator = x25519.Identity.generate()
    made = []
    for number, one in enumerate((old, other)):
        with one.entered(), pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.conf.settings.BACKUP_KEYS", [str(operator.to_public())])
            furnish()
            made.append(make_backup(folder=tmp_path / f"out-{number}", at=AT))
    with fresh.entered(), pytest.raises(OfAnotherInstallation):
        restore_backup(data=made[0].data, keys=made[1].keys, identity=operator)
    assert is_empty(fresh)


def test_a_backup_of_a_newer_release_is_refused(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    with old.entered():
        connections["default"].cursor().execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('web', '0999_future', '2030-01-01')"
        )
    house, made = backed_up(old, tmp_path / "out")
    with pytest.raises(OfANewerRelease, match="0999_future"):
        restore(fresh, made, house)
    assert is_empty(fresh)


def test_other_sheets_do_not_open_it(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    house, made = backed_up(old, tmp_path / "out")
    with old.entered():
        later = make_recovery(at=AT)
    with fresh.entered(), pytest.raises(NotOpened):
        restore_backup(data=made.data, keys=made.keys, identity=identity_from_sheets(later[:2]))
    assert is_empty(fresh)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_sheets_are_no_key(new_host, tmp_path, count):
    house, _ = backed_up(new_host(), tmp_path / "out")
    with pytest.raises(NotOpened, match="Two different sheets"):
        identity_from_sheets(house.sheets[:count])


def test_the_same_sheet_twice_is_one_sheet(new_host, tmp_path):
    house, _ = backed_up(new_host(), tmp_path / "out")
    with pytest.raises(NotOpened):
        identity_from_sheets([house.sheets[0], house.sheets[0].upper()])


def test_without_any_key_there_is_no_backup_and_no_file(new_host, tmp_path):
    with new_host().entered(), pytest.raises(NoKeyToSealTo, match="MADOBE_BACKUP_KEYS"):
        make_backup(folder=tmp_path / "out", at=AT)
    assert not (tmp_path / "out").exists()


def test_a_key_that_is_none_is_named_by_its_place(new_host, tmp_path, settings):
    settings.BACKUP_KEYS = [str(x25519.Identity.generate().to_public()), "age1nonsense"]
    with new_host().entered(), pytest.raises(NotAKeyToSealTo, match="Key 2"):
        make_backup(folder=tmp_path / "out", at=AT)


def test_without_tables_there_is_nothing_to_back_up(new_host, tmp_path):
    with (
        new_host(migrated=False).entered(),
        pytest.raises(TablesAreMissing, match="madobe migrate"),
    ):
        make_backup(folder=tmp_path / "out", at=AT)


def test_two_backups_at_once_wait_for_one_another(new_host, tmp_path):
    one = new_host()
    with one.entered(), alone(one.data), pytest.raises(AnotherOneRuns):
        make_backup(folder=tmp_path / "out", at=AT)


def test_a_second_backup_in_the_same_second_spoils_nothing(new_host, tmp_path):
    old = new_host()
    house, made = backed_up(old, tmp_path / "out")
    whole = made.data.read_bytes()
    with old.entered(), pytest.raises(FolderIsNotThere, match="there already"):
        make_backup(folder=tmp_path / "out", at=AT)
    assert made.data.read_bytes() == whole


def test_a_folder_that_cannot_be_made_is_named(new_host, tmp_path):
    (tmp_path / "file").touch()
    old = new_host()
    with old.entered():
        furnish()
        with pytest.raises(FolderIsNotThere, match="out"):
            make_backup(folder=tmp_path / "file" / "out", at=AT)


def test_a_backup_that_does_not_hold_what_it_says_is_refused(new_host, tmp_path, monkeypatch):
    """As if a table had been lost between counting and writing: found before, or right after it is in place."""
    old, fresh = new_host(), new_host(migrated=False)
    write = making.write_sealed

    def another(path, *, manifest, **more):
        tables = {name: table for name, table in manifest.tables.items() if name != "web_feedback"}
        write(path, manifest=making.Manifest(**vars(manifest) | {"tables": tables}), **more)

    monkeypatch.setattr(making, "write_sealed", another)
    house, made = backed_up(old, tmp_path / "out")
    with pytest.raises(NotWhole):
        restore(fresh, made, house)
    assert is_empty(fresh)
