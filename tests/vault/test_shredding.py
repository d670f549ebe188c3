"""An erased case opens nowhere, also not in an old copy; keys that belong to nothing are swept, and no other."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from madobe.vault.actions import cases
from madobe.vault.actions.cases import TooManyOrphans, begin_case, shred_case, sweep
from madobe.vault.holders import CaseIsGone
from madobe.vault.installed import KeyStoreIsNotOurs, forget_what_is_kept
from madobe.vault.keyring import open_with
from madobe.vault.keystore.models import Pepper, ShredKey
from madobe.vault.models import Grant
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import granted, new_key
from madobe.vault.rules.members import new_pair

from .letters import Letter, keep_slip, read, write
from .people import DAY, begun, opens, somebody, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
TOMORROW = DAY + timedelta(days=1)


def keys() -> set[UUID]:
    return set(ShredKey.objects.values_list("case", flat=True))


def test_an_erased_case_opens_for_nobody_and_its_rows_of_grants_are_gone():
    aoki = somebody()
    gone, there = begun(aoki).of.case, begun(aoki).of.case
    shred_case(gone)
    assert not opens(aoki, gone)
    assert opens(aoki, there)
    assert not Grant.objects.filter(case=gone).exists()


def test_nor_does_it_open_in_a_copy_of_the_data_made_before():
    aoki, pair = somebody(), new_pair()
    made = begin_case(case=uuid4(), readers=[aoki.holder], own=[pair.public], on=DAY)
    case = made.opened.of.case
    row, slip = write(made.opened, "なかったことに"), keep_slip(made, pair.public)
    old_grants = list(Grant.objects.filter(case=case))
    old_letters = list(Letter._base_manager.filter(matter=case))

    Grant.objects.filter(case=case).delete()
    Letter._base_manager.filter(matter=case).delete()
    Grant.objects.bulk_create(old_grants)
    Letter._base_manager.bulk_create(old_letters)
    assert (
        read(aoki.open(case), row)[1] == "なかったことに"
    )  # a copy put back is read, while the key lives

    shred_case(case)
    Grant.objects.bulk_create(old_grants)  # beside the key store as it is now
    assert not opens(aoki, case)
    with pytest.raises(CaseIsGone):
        open_with(pair.private, case=case, generation=1, blob=bytes(slip.blob))
    for grant in old_grants:
        with pytest.raises(NotOpenedError):
            granted(
                bytes(grant.blob),
                shred_key=new_key(),
                holder=aoki.private_of(aoki.holder.pk),
                case=made.opened.of,
            )


def test_erasing_twice_is_erasing_once():
    case = begun(somebody()).of.case
    shred_case(case)
    shred_case(case)
    assert case not in keys()


def test_the_key_is_gone_even_if_the_transaction_around_it_fails():
    aoki = somebody()
    case = begun(aoki).of.case
    undone(lambda: shred_case(case))
    assert Grant.objects.filter(case=case).exists()
    assert not opens(aoki, case)


# --- what a crash leaves -----------------------------------------------------------------------------------


def crashed() -> UUID:
    """A case whose transaction failed after its key was made."""

    def begin() -> UUID:
        opened = begun(somebody())
        write(opened, "届かなかった")
        return opened.of.case

    return undone(begin)


def test_a_crash_after_the_key_leaves_a_key_without_a_case():
    case = crashed()
    assert case in keys()
    assert not Grant.objects.filter(case=case).exists()


def test_such_a_key_is_swept_once_it_is_older_than_the_day():
    case = crashed()
    assert sweep(before=DAY) == 0
    assert case in keys()
    assert sweep(before=TOMORROW) == 1
    assert case not in keys()


def test_keys_of_living_cases_are_never_swept():
    aoki, pair = somebody(), new_pair()
    granted_one = begun(aoki).of.case
    aside = begin_case(case=uuid4(), readers=[], own=[pair.public], on=DAY)
    keep_slip(aside, pair.public)
    written = begun(aoki)
    write(written, "だれの鍵もなくなった", hidden=True)
    Grant.objects.filter(case=written.of.case).delete()  # put back from a copy tomorrow, perhaps
    living = {granted_one, aside.opened.of.case, written.of.case}
    orphan = crashed()
    assert keys() == living | {orphan}
    assert sweep(before=TOMORROW) == 1
    assert keys() == living


def test_beside_another_database_nothing_is_swept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cases, "FEW", 3)
    begun(somebody())
    for _ in range(3):
        crashed()
    Grant.objects.all().delete()  # an empty database, say
    before = keys()
    assert len(before) == 4
    with pytest.raises(TooManyOrphans):
        sweep(before=TOMORROW)
    assert keys() == before


def test_in_a_foreign_key_store_nothing_is_swept():
    begun(somebody())
    crashed()
    Pepper.objects.update(value=b"y" * 32)
    forget_what_is_kept()
    before = keys()
    with pytest.raises(KeyStoreIsNotOurs):
        sweep(before=TOMORROW)
    assert keys() == before
