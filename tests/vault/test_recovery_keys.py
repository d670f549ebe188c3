"""The house's key on paper: two of three sheets open what names it, and give it to others when all else is lost."""

from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest
from shamir_mnemonic import generate_mnemonics

from madobe.vault import granting
from madobe.vault.actions import recovery
from madobe.vault.actions.cases import begin_case, renew_case, shred_case
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import retire_member_key
from madobe.vault.actions.recovery import (
    NoRecoveryKey,
    SharesAreOfAnotherHouse,
    SharesAreOld,
    drill,
    end_old_sheets,
    give_all,
    make_recovery,
    recovery_keyring,
)
from madobe.vault.choices import Holder
from madobe.vault.granting import KeyIsRetired
from madobe.vault.holders import HOUSE, holder
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey, Installation
from madobe.vault.rules.members import new_pair
from madobe.vault.rules.recovery import SharesDoNotFitError, split

from .letters import keep_slip, read, write
from .people import AT, DAY, begun, opens, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


def house() -> HolderKey:
    key = holder(Holder.RECOVERY, HOUSE)
    assert key is not None
    return key


def test_any_two_of_three_sheets_open_every_case_that_names_the_house():
    shares = make_recovery(at=AT)
    cases = [begun(somebody(), house()).of.case for _ in range(3)]
    private = begun(somebody()).of.case
    assert len(shares) == 3
    for pair in combinations(shares, 2):
        assert set(recovery_keyring(pair).open_all([*cases, private])) == set(cases)


def test_one_sheet_opens_nothing_and_not_twice_either():
    shares = make_recovery(at=AT)
    for one in shares:
        for typed in ([one], [one, one], [one, one.upper()]):
            with pytest.raises(SharesDoNotFitError):
                recovery_keyring(typed)


def test_sheets_of_another_house_are_refused():
    make_recovery(at=AT)
    for other in (split(new_pair().private), generate_mnemonics(1, [(2, 3)], b"x" * 16)[0]):
        with pytest.raises(SharesAreOfAnotherHouse):
            recovery_keyring(other[:2])


def test_before_sheets_were_made_there_is_no_key():
    with pytest.raises(NoRecoveryKey):
        recovery_keyring(split(new_pair().private)[:2])


def test_a_drill_is_noted_and_a_wrong_sheet_is_none():
    shares = make_recovery(at=AT)
    with pytest.raises(SharesAreOfAnotherHouse):
        drill(split(new_pair().private)[:2], at=AT)
    assert Installation.objects.get().drilled_at is None
    drill(shares[1:], at=AT)
    assert Installation.objects.get().drilled_at == AT


def test_new_sheets_undo_the_drill_and_old_ones_do_not_pass_it():
    old = make_recovery(at=AT)
    drill(old[:2], at=AT)
    new = make_recovery(at=AT)
    assert Installation.objects.get().drilled_at is None
    with pytest.raises(SharesAreOld):
        drill(old[:2], at=AT)
    assert Installation.objects.get().drilled_at is None
    drill(new[:2], at=AT)
    assert Installation.objects.get().drilled_at == AT


def test_old_and_new_sheets_do_not_fit_together():
    old, new = make_recovery(at=AT), make_recovery(at=AT)
    with pytest.raises(SharesDoNotFitError):
        recovery_keyring([old[0], new[1]])


# --- new sheets --------------------------------------------------------------------------------------------


def test_old_sheets_open_what_was_begun_before_and_nothing_of_later():
    old = make_recovery(at=AT)
    before = begun(somebody(), house()).of.case
    new = make_recovery(at=AT)
    later = begun(somebody(), house()).of.case
    assert set(recovery_keyring(old[:2]).open_all([before, later])) == {before}
    assert set(recovery_keyring(new[:2]).open_all([before, later])) == {later}


def test_old_sheets_give_all_they_open_to_the_new_ones_and_then_end():
    old = make_recovery(at=AT)
    before = [begun(somebody(), house()).of.case for _ in range(3)]
    new = make_recovery(at=AT)
    assert give_all(recovery_keyring(old[:2]), house()) == 3
    assert end_old_sheets() == 0
    assert set(recovery_keyring(new[:2]).open_all(before)) == set(before)
    assert recovery_keyring(old[:2]).open_all(before) == {}


def test_old_sheets_keep_what_was_not_given_yet():
    old = make_recovery(at=AT)
    case = begun(somebody(), house()).of.case
    make_recovery(at=AT)
    assert end_old_sheets() == 1
    assert opens(recovery_keyring(old[:2]), case)


def test_a_member_gives_the_house_what_they_open_when_old_sheets_are_lost():
    aoki = somebody()
    make_recovery(at=AT)
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    own, through, others = (begun(one).of.case for one in (aoki, group, somebody()))
    new = make_recovery(at=AT)
    assert give_all(aoki, house()) == 2
    assert set(recovery_keyring(new[:2]).open_all([own, through, others])) == {own, through}


# --- all is lost -------------------------------------------------------------------------------------------


def test_when_all_passphrases_are_lost_the_house_gives_every_case_to_somebody_new():
    shares = make_recovery(at=AT)
    lost = somebody()
    began = [begun(lost, house()) for _ in range(5)]
    rows = {opened.of.case: write(opened, "まだここにある") for opened in began}
    retire_member_key(owner=lost.holder.owner, at=AT)
    newcomer = somebody()
    group = make_group(owner="desk:1", members=[newcomer.holder], at=AT)
    assert give_all(recovery_keyring(shares[1:]), group) == 5
    for case, row in rows.items():
        assert read(newcomer.open(case), row)[1] == "まだここにある"


def test_what_is_given_once_is_not_given_again():
    aoki, baba = somebody(), somebody()
    begun(aoki)
    both = begun(aoki, baba).of.case
    assert give_all(aoki, baba.holder) == 1
    assert give_all(aoki, baba.holder) == 0
    assert opens(baba, both)


def test_more_cases_than_one_batch_are_all_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(granting, "BATCH", 3)
    aoki, baba = somebody(), somebody()
    cases = [begun(aoki).of.case for _ in range(7)]
    assert give_all(aoki, baba.holder) == 7
    assert set(baba.open_all(cases)) == set(cases)


def test_what_was_erased_is_passed_over():
    aoki, baba = somebody(), somebody()
    gone, there = begun(aoki).of.case, begun(aoki).of.case
    grants = list(aoki.holder.grants.filter(case=gone))
    shred_case(gone)
    type(grants[0]).objects.bulk_create(grants)  # an old row put back
    assert give_all(aoki, baba.holder) == 1
    assert opens(baba, there)


def test_nothing_is_given_to_a_key_that_ended():
    aoki, baba = somebody(), somebody()
    case = begun(aoki).of.case
    retire_member_key(owner=baba.holder.owner, at=AT)
    with pytest.raises(KeyIsRetired):
        give_all(aoki, baba.holder)
    assert not opens(baba, case)


def test_a_case_renewed_while_it_is_given_is_given_with_its_new_key(
    monkeypatch: pytest.MonkeyPatch,
):
    aoki, baba = somebody(), somebody()
    renewed, other = begun(aoki), begun(aoki)
    row = write(renewed, "途中で")
    real = recovery.hold_grants

    def late(cases: Any) -> None:
        monkeypatch.setattr(recovery, "hold_grants", real)
        renew_case(aoki.open(renewed.of.case), readers=[aoki.holder])
        real(cases)

    monkeypatch.setattr(recovery, "hold_grants", late)
    assert give_all(aoki, baba.holder) == 2
    assert read(baba.open(renewed.of.case), row)[1] == "途中で"
    assert opens(baba, other.of.case)


def test_what_a_person_set_aside_is_not_the_houses_to_give():
    shares, pair = make_recovery(at=AT), new_pair()
    made = begin_case(case=uuid4(), readers=[], own=[pair.public], on=DAY)
    keep_slip(made, pair.public)
    newcomer = somebody()
    assert give_all(recovery_keyring(shares[:2]), newcomer.holder) == 0
    assert not opens(newcomer, made.opened.of.case)


def test_a_keyring_of_the_house_with_a_wrong_key_gives_nothing():
    make_recovery(at=AT)
    begun(house())
    assert give_all(Keyring(house(), new_pair().private), somebody().holder) == 0
