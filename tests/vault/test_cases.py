"""A case is opened by those it was given to and by nobody else; after renewing, old keys open nothing."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext

from madobe.vault.actions.cases import (
    NobodyCouldRead,
    RowDoesNotOpen,
    begin_case,
    give_case,
    renew_case,
    shred_case,
)
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import retire_member_key
from madobe.vault.granting import KeyIsOld, KeyIsRetired
from madobe.vault.holders import CaseIsGone
from madobe.vault.keyring import Keyring, NotYours, open_with
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import granted
from madobe.vault.rules.members import new_pair

from .letters import BODY, Letter, Slip, keep_slip, read, write
from .people import AT, DAY, begun, opens, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


def test_a_case_begun_with_public_keys_is_opened_by_its_readers():
    aoki, baba = somebody(), somebody()
    opened = begun(aoki, baba)
    row = write(opened, "夜は起きています")
    for reader in (aoki, baba):
        assert read(reader.open(opened.of.case), row) == ("夜は起きています", "夜は起きています")


def test_somebody_not_given_meets_what_they_meet_where_no_case_is():
    aoki, stranger = somebody(), somebody()
    case = begun(aoki).of.case
    told = []
    for one in (case, uuid4()):
        with pytest.raises(NotYours) as refused:
            stranger.open(one)
        told.append((type(refused.value), refused.value.args))
    assert told[0] == told[1]


def test_a_strangers_private_key_opens_no_grant_of_the_case():
    aoki, stranger = somebody(), somebody()
    case = begun(aoki).of.case
    Grant.objects.filter(case=case).update(holder=stranger.holder)  # whoever may write the table
    assert not opens(stranger, case)


def test_a_case_for_nobody_is_not_begun():
    case = uuid4()
    with pytest.raises(NobodyCouldRead):
        begin_case(case=case, readers=[], on=DAY)
    assert not ShredKey.objects.filter(case=case).exists()


def test_a_reader_named_twice_is_given_once():
    aoki = somebody()
    case = begun(aoki, aoki).of.case
    assert Grant.objects.filter(case=case).count() == 1


def test_a_case_is_not_begun_for_a_key_that_ended():
    aoki = somebody()
    retire_member_key(owner=aoki.holder.owner, at=AT)
    case = uuid4()
    with pytest.raises(KeyIsRetired), transaction.atomic():
        begin_case(case=case, readers=[aoki.holder], on=DAY)
    assert not Grant.objects.filter(case=case).exists()


def test_a_case_begun_twice_keeps_its_first_key():
    aoki, baba = somebody(), somebody()
    case = begun(aoki).of.case
    with pytest.raises(IntegrityError), transaction.atomic():
        begin_case(case=case, readers=[baba.holder], on=DAY)
    assert opens(aoki, case)
    assert not opens(baba, case)


# --- a key of its own --------------------------------------------------------------------------------------


def test_a_case_can_be_for_a_slip_alone():
    pair = new_pair()
    made = begin_case(case=uuid4(), readers=[], own=[pair.public], on=DAY)
    slip = keep_slip(made, pair.public)
    row = write(made.opened, "だれにも見せたくない")
    opened = open_with(pair.private, case=slip.matter, generation=1, blob=slip.blob)
    assert read(opened, row)[1] == "だれにも見せたくない"


def test_own_grants_come_in_the_order_of_their_keys():
    first, second = new_pair(), new_pair()
    made = begin_case(case=uuid4(), readers=[], own=[first.public, second.public], on=DAY)
    for pair, blob in zip((first, second), made.own, strict=True):
        assert open_with(pair.private, case=made.opened.of.case, generation=1, blob=blob)


def test_a_slip_opens_no_other_case_and_no_other_slip_opens_it():
    pair, other = new_pair(), new_pair()
    made = begin_case(case=uuid4(), readers=[], own=[pair.public], on=DAY)
    elsewhere = begin_case(case=uuid4(), readers=[], own=[other.public], on=DAY)
    case, blob = made.opened.of.case, made.own[0]
    for private, where, what in (
        (other.private, case, blob),
        (pair.private, elsewhere.opened.of.case, blob),
        (pair.private, case, elsewhere.own[0]),
        (pair.private, case, b""),
    ):
        with pytest.raises(NotYours):
            open_with(private, case=where, generation=1, blob=what)
    with pytest.raises(NotYours):
        open_with(pair.private, case=case, generation=2, blob=blob)


def test_a_slip_of_an_erased_case_is_told_that_it_is_gone():
    pair = new_pair()
    made = begin_case(case=uuid4(), readers=[], own=[pair.public], on=DAY)
    case = made.opened.of.case
    shred_case(case)
    with pytest.raises(CaseIsGone):
        open_with(pair.private, case=case, generation=1, blob=made.own[0])


# --- giving ------------------------------------------------------------------------------------------------


def test_a_case_given_to_one_more_is_opened_by_them_too():
    aoki, baba = somebody(), somebody()
    opened = begun(aoki)
    give_case(opened, to=[baba.holder, aoki.holder, baba.holder])
    assert opens(aoki, opened.of.case)
    assert opens(baba, opened.of.case)


def test_a_key_that_was_renewed_meanwhile_is_given_to_nobody():
    aoki, baba = somebody(), somebody()
    stale = begun(aoki)
    renew_case(stale, readers=[aoki.holder])
    with pytest.raises(KeyIsOld):
        give_case(stale, to=[baba.holder])
    with pytest.raises(KeyIsOld):
        renew_case(stale, readers=[baba.holder])


def test_a_key_of_a_case_held_by_slips_alone_is_old_too_once_renewed():
    pair = new_pair()
    made = begin_case(case=uuid4(), readers=[], own=[pair.public], on=DAY)
    keep_slip(made, pair.public)
    renew_case(made.opened, readers=[])
    with pytest.raises(KeyIsOld):
        give_case(made.opened, to=[somebody().holder])


def test_thirty_cases_are_opened_in_as_many_queries_as_one():
    aoki = somebody()
    group = make_group(owner="desk:1", members=[aoki.holder], at=AT)
    cases = [begun(aoki, group).of.case for _ in range(30)]

    def asked(count: int) -> tuple[int, int]:
        with (
            CaptureQueriesContext(connections["default"]) as plain,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            assert len(aoki.open_all(cases[:count])) == count
        return len(plain), len(keys)

    aoki.open_all(cases)
    assert asked(30) == asked(1)


# --- renewing ----------------------------------------------------------------------------------------------


def test_after_renewing_the_new_readers_read_all_of_it_in_both_columns():
    aoki, baba = somebody(), somebody()
    old = begun(aoki)
    rows = [
        write(old, "一通目"),
        write(old, "二通目", version=7),
        write(old, "伏せた", hidden=True),
    ]
    renew_case(old, readers=[baba.holder])
    now = baba.open(old.of.case)
    assert [read(now, row) for row in rows] == [
        ("一通目", "一通目"),
        ("二通目", "二通目"),
        ("伏せた", "伏せた"),
    ]


def test_who_kept_the_old_key_and_all_rows_reads_nothing_of_afterwards():
    aoki, baba = somebody(), somebody()
    old = begun(aoki)
    row = write(old, "前から")
    fresh = renew_case(old, readers=[baba.holder])
    later = write(fresh, "あとから")
    for one in (row, later):
        letter = Letter._base_manager.get(pk=one)
        with pytest.raises(NotOpenedError):
            old.open(BODY, one, letter.body, version=letter.version)
        with pytest.raises(NotOpenedError):
            read(old, one)
    shred = bytes(ShredKey.objects.get(case=old.of.case).key)  # even the key store as it is now
    for grant in Grant.objects.filter(case=old.of.case):
        for of in (old.of, fresh.of):
            with pytest.raises(NotOpenedError):
                granted(
                    bytes(grant.blob),
                    shred_key=shred,
                    holder=aoki.private_of(aoki.holder.pk),
                    case=of,
                )


def test_the_old_key_read_it_before_so_that_the_test_above_can_fail():
    aoki = somebody()
    old = begun(aoki)
    assert read(old, write(old, "前から")) == ("前から", "前から")


def test_a_slip_follows_a_renewed_case():
    aoki, pair = somebody(), new_pair()
    made = begin_case(case=uuid4(), readers=[aoki.holder], own=[pair.public], on=DAY)
    keep_slip(made, pair.public)
    row = write(made.opened, "わたしの手紙")
    renew_case(made.opened, readers=[aoki.holder])
    slip = Slip.objects.get(matter=made.opened.of.case)
    opened = open_with(
        pair.private, case=slip.matter, generation=slip.generation, blob=bytes(slip.blob)
    )
    assert read(opened, row)[1] == "わたしの手紙"


def test_a_slip_whose_row_was_deleted_before_does_not():
    aoki, pair = somebody(), new_pair()
    made = begin_case(case=uuid4(), readers=[aoki.holder], own=[pair.public], on=DAY)
    slip = keep_slip(made, pair.public)
    kept = bytes(slip.blob)
    slip.delete()
    renew_case(made.opened, readers=[aoki.holder])
    row = write(aoki.open(made.opened.of.case), "あとから")
    with pytest.raises(NotOpenedError):
        read(open_with(pair.private, case=made.opened.of.case, generation=1, blob=kept), row)


def test_a_renewed_case_needs_somebody_who_reads_it():
    aoki = somebody()
    opened = begun(aoki)
    with pytest.raises(NobodyCouldRead):
        renew_case(opened, readers=[])
    assert opens(aoki, opened.of.case)


def test_other_cases_are_left_as_they_are():
    aoki = somebody()
    one, other = begun(aoki), begun(aoki)
    row = write(other, "別の人")
    before = bytes(Letter._base_manager.get(pk=row).body)
    renew_case(one, readers=[aoki.holder])
    assert bytes(Letter._base_manager.get(pk=row).body) == before


@pytest.mark.parametrize("step", ["store_grants", "_follow", "_seal_anew"])
def test_a_crash_in_the_middle_of_renewing_leaves_the_old_state(
    step: str, monkeypatch: pytest.MonkeyPatch
):
    from madobe.vault.actions import cases

    aoki, pair = somebody(), new_pair()
    made = begin_case(case=uuid4(), readers=[aoki.holder], own=[pair.public], on=DAY)
    keep_slip(made, pair.public)
    row = write(made.opened, "前から")
    real = getattr(cases, step)

    def crash(*args: object) -> None:
        real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(cases, step, crash)
    with pytest.raises(KeyboardInterrupt):
        renew_case(made.opened, readers=[aoki.holder])
    slip = Slip.objects.get(matter=made.opened.of.case)
    assert read(aoki.open(slip.matter), row) == ("前から", "前から")
    assert open_with(
        pair.private, case=slip.matter, generation=slip.generation, blob=bytes(slip.blob)
    )


def test_a_row_changed_from_outside_is_named_and_the_case_stays():
    aoki = somebody()
    opened = begun(aoki)
    row, whole = write(opened, "手紙"), write(opened, "もう一通")
    other = Letter._base_manager.get(pk=whole).body
    Letter._base_manager.filter(pk=row).update(body=other)
    with pytest.raises(RowDoesNotOpen, match=str(row)):
        renew_case(opened, readers=[aoki.holder])
    assert read(aoki.open(opened.of.case), whole)[1] == "もう一通"


def test_the_right_to_sign_in_opens_nothing():
    """Whoever runs the installation has an account, perhaps a key, and no grant."""
    aoki, admin = somebody(), somebody()
    cases = [begun(aoki).of.case for _ in range(20)]
    assert len(aoki.open_all(cases)) == 20
    assert admin.open_all(cases) == {}
    assert Keyring(aoki.holder, new_pair().private).open_all(cases) == {}
