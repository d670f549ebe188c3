"""A key for whoever is on duty: only somebody inside lets others in, and who has left opens nothing new."""

from uuid import uuid4

import pytest
from django.db import transaction
from nacl.public import PublicKey, SealedBox

from madobe.vault.actions.cases import give_case, renew_case
from madobe.vault.actions.groups import (
    GroupHasAKey,
    NobodyInTheGroup,
    admit,
    bury,
    make_group,
    renew_group,
)
from madobe.vault.actions.members import retire_member_key
from madobe.vault.choices import Holder
from madobe.vault.granting import KeyIsRetired
from madobe.vault.holders import holder, members_of
from madobe.vault.keyring import Keyring, NotYours
from madobe.vault.models import GroupSeal, HolderKey

from .letters import read, write
from .people import AT, begun, opens, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


def test_everybody_of_a_group_opens_what_is_sealed_to_it_and_nobody_else():
    aoki, baba, stranger = somebody(), somebody(), somebody()
    group = make_group(owner="desk:1", members=[aoki.holder, baba.holder], at=AT)
    case = begun(group).of.case
    assert [opens(one, case) for one in (aoki, baba, stranger)] == [True, True, False]
    assert {one.pk for one in members_of(group)} == {aoki.holder.pk, baba.holder.pk}


def test_a_group_of_nobody_is_not_made():
    with pytest.raises(NobodyInTheGroup):
        make_group(owner="desk:1", members=[], at=AT)
    with pytest.raises(NobodyInTheGroup):
        renew_group(owner="desk:1", members=[], at=AT)


def test_a_group_has_one_living_key():
    aoki = somebody()
    make_group(owner="desk:1", members=[aoki.holder], at=AT)
    with pytest.raises(GroupHasAKey):
        make_group(owner="desk:1", members=[aoki.holder], at=AT)


def test_a_group_is_not_made_for_a_key_that_ended():
    aoki = somebody()
    retire_member_key(owner=aoki.holder.owner, at=AT)
    with pytest.raises(KeyIsRetired):
        make_group(owner="desk:1", members=[aoki.holder], at=AT)


def test_somebody_inside_lets_another_in():
    aoki, baba = somebody(), somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    case = begun(group).of.case
    admit(group=group, member=baba.holder, by=aoki)
    assert opens(baba, case)


def test_somebody_outside_lets_nobody_in_and_not_themselves():
    aoki, stranger = somebody(), somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    with pytest.raises(NotYours):
        admit(group=group, member=stranger.holder, by=stranger)
    assert members_of(group) == [aoki.holder]


def test_ones_own_key_is_no_group_to_let_others_into():
    aoki, baba = somebody(), somebody()
    with pytest.raises(NotYours):
        admit(group=aoki.holder, member=baba.holder, by=aoki)
    assert not GroupSeal.objects.exists()


def test_a_seal_somebody_made_up_gives_nothing_and_hides_nothing_else():
    aoki, baba = somebody(), somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    own, theirs = begun(aoki).of.case, begun(group).of.case
    made_up = SealedBox(PublicKey(bytes(aoki.holder.public))).encrypt(b"x" * 32)
    for blob in (made_up, b"nonsense"):
        GroupSeal.objects.filter(group=group).update(blob=blob)
        assert set(aoki.open_all([own, theirs])) == {own}
        with pytest.raises(NotYours):
            admit(group=group, member=baba.holder, by=aoki)


def test_when_somebody_leaves_the_others_renew_its_cases_and_lose_none():
    aoki, leaver = somebody(), somebody()
    group = make_group(owner="desk:1", members=[aoki.holder, leaver.holder], at=AT)
    began = [begun(group) for _ in range(20)]
    rows = {opened.of.case: write(opened, "夜に書いた") for opened in began}
    kept = leaver.private_of(group.pk)  # the leaver's copy

    fresh, cases = renew_group(owner="desk:1", members=[aoki.holder], at=AT)
    assert set(cases) == set(rows)
    assert not any(opens(leaver, case) for case in cases)
    for case in cases:  # the old key is still of use to those who stay
        renew_case(aoki.open(case), readers=[fresh])
    assert bury(group)

    thief = Keyring(group, kept)
    for case, row in rows.items():
        assert read(aoki.open(case), row)[1] == "夜に書いた"
        assert not opens(leaver, case)
        assert not opens(thief, case)
    later = begun(fresh).of.case
    assert opens(aoki, later)
    assert not opens(leaver, later)
    assert not opens(thief, later)


def test_the_leavers_copy_opens_what_was_not_renewed_so_that_the_test_above_can_fail():
    aoki, leaver = somebody(), somebody()
    group = make_group(owner="desk:1", members=[aoki.holder, leaver.holder], at=AT)
    case = begun(group).of.case
    kept = leaver.private_of(group.pk)
    renew_group(owner="desk:1", members=[aoki.holder], at=AT)
    assert opens(Keyring(group, kept), case)


def test_when_nobody_stays_those_who_leave_still_hand_over():
    leaver, newcomer = somebody(), somebody()
    group = make_group(owner="desk:1", members=[leaver.holder], at=AT)
    case = begun(group).of.case
    fresh, cases = renew_group(owner="desk:1", members=[newcomer.holder], at=AT)
    assert cases == [case]
    renew_case(leaver.open(case), readers=[fresh])
    assert bury(group)
    assert opens(newcomer, case)
    assert not opens(leaver, case)


def test_a_retired_group_is_given_nothing_more():
    aoki = somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    renew_group(owner="desk:1", members=[aoki.holder], at=AT)
    with pytest.raises(KeyIsRetired), transaction.atomic():
        begun(group)
    with pytest.raises(KeyIsRetired):
        give_case(begun(aoki), to=[group])
    with pytest.raises(KeyIsRetired):
        admit(group=group, member=somebody().holder, by=aoki)


def test_a_group_is_not_buried_while_a_case_hangs_on_it():
    aoki = somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    case = begun(group).of.case
    renew_group(owner="desk:1", members=[aoki.holder], at=AT)
    assert not bury(group)
    assert opens(aoki, case)


def test_a_living_group_is_not_buried():
    aoki = somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    assert not bury(group)
    assert opens(aoki, begun(group).of.case)


def test_a_group_renewed_before_it_had_a_key_gets_one():
    aoki = somebody()
    group, cases = renew_group(owner=f"desk:{uuid4()}", members=[aoki.holder], at=AT)
    assert cases == []
    assert opens(aoki, begun(group).of.case)


def test_the_living_group_is_the_one_found():
    aoki = somebody()
    make_group(owner="desk:1", members=[aoki.holder], at=AT)
    fresh, _ = renew_group(owner="desk:1", members=[aoki.holder], at=AT)
    assert holder(Holder.DUTY, "desk:1") == fresh
    assert HolderKey.objects.filter(owner="desk:1").count() == 2
