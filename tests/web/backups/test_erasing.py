"""What was erased stays erased: an old copy of the data opens nothing once no old key is left (trust.md G26)."""

from datetime import timedelta

from madobe.vault.actions.cases import shred_case
from madobe.vault.actions.recovery import recovery_keyring
from madobe.web.actions.backups.making import BackupMade, make_backup
from tests.factories.backups import backed_up, restore
from tests.factories.houses import AT, House, keyring_of, read_by


def erased_after_a_backup(new_host, tmp_path) -> tuple[House, str, BackupMade, BackupMade]:
    """A backup, one letter erased, another backup a week later."""
    old = new_host()
    house, before = backed_up(old, tmp_path / "out")
    erased = next(iter(house.letters))
    with old.entered():
        shred_case(erased)
        after = make_backup(folder=tmp_path / "later", at=AT + timedelta(days=7))
    return house, erased, before, after


def test_old_data_with_current_keys_open_all_but_the_erased(new_host, tmp_path):
    house, erased, before, after = erased_after_a_backup(new_host, tmp_path)
    fresh = new_host(migrated=False)
    restored = restore(fresh, before, house, keys=after.keys)
    left = {case: text for case, text in house.letters.items() if case != erased}
    with fresh.entered():
        assert read_by(keyring_of(house.hana)) == left
        assert read_by(recovery_keyring(house.sheets[:2])) == left
    assert restored.cases_without_key == 1


def test_with_the_old_keys_it_would_open(new_host, tmp_path):
    """The control, and the reason why old backups of the key store are deleted."""
    house, _, before, _ = erased_after_a_backup(new_host, tmp_path)
    fresh = new_host(migrated=False)
    restored = restore(fresh, before, house)
    with fresh.entered():
        assert read_by(keyring_of(house.hana)) == house.letters
    assert restored.cases_without_key == 0


def test_after_seven_days_one_folder_holds_no_old_key(new_host, tmp_path):
    old = new_host()
    _, before = backed_up(old, tmp_path / "out")
    with old.entered():
        almost = make_backup(folder=tmp_path / "out", at=AT + timedelta(days=6, hours=23))
        assert before.keys.exists()
        after = make_backup(folder=tmp_path / "out", at=AT + timedelta(days=7))
    assert after.deleted == (before.keys.name,)
    assert sorted(tmp_path.joinpath("out").glob("keys-*")) == [almost.keys, after.keys]
    assert before.data.exists()  # data are kept as long as wished
