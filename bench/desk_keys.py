"""Keys held by people, at the size of a desk: somebody leaves, a writer of the database moves values, an admin looks.

Everything is committed as in a day's work, and deleted again at the end; give it a MADOBE_DATA of its own all the same.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from uuid import UUID, uuid4

from django.db import transaction

from bench import Row
from madobe.vault.actions.cases import begin_case, renew_case
from madobe.vault.actions.groups import bury, make_group, renew_group
from madobe.vault.actions.members import retire_member_key
from madobe.vault.keyring import Keyring
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import CaseOf, new_key
from madobe.vault.rules.open_case import OpenCase
from tests.vault.letters import BODY, TITLE, drop_tables, make_tables, read, registered, write
from tests.vault.people import AT, DAY, somebody

CASES = 1_000
LETTERS = 5  # in each, of two sealed columns: 10,000 values
VALUES = 200  # each is tried in the place of each


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Rows of the contract's shape (docs/contract.md)."""
    with _room() as made:
        rows = _somebody_leaves(made, tell)
    return [*rows, *_values_are_moved(tell)]


@contextmanager
def _room() -> Iterator[list[UUID]]:
    """Tables for letters, and a list of cases; all that was made here is gone afterwards."""
    before = set(HolderKey.objects.values_list("pk", flat=True))
    made: list[UUID] = []
    make_tables()
    try:
        with registered():
            yield made
    finally:
        drop_tables()
        for case in made:
            Grant.objects.filter(case=case).delete()
            ShredKey.objects.filter(case=case).delete()
        HolderKey.objects.exclude(pk__in=before).delete()


def _somebody_leaves(made: list[UUID], tell: Callable[[str], None]) -> list[Row]:
    stays, leaver, admin = somebody(), somebody(), somebody()
    owner = f"desk:{uuid4()}"
    group = make_group(owner=owner, members=[stays.holder, leaver.holder], at=AT)
    letters = {}
    with transaction.atomic():
        for _ in range(CASES):
            case = uuid4()
            made.append(case)
            readers = [group, stays.holder]
            opened = begin_case(case=case, readers=readers, on=DAY).opened
            letters[case] = [write(opened, f"{number}通目") for number in range(LETTERS)]
    before = leaver.open_all(made)
    admins = len(admin.open_all(made))
    thief = Keyring(group, leaver.private_of(group.pk))
    tell(f"{CASES} cases of {LETTERS} letters; the leaver opens {len(before)}")

    began = time.monotonic()
    retire_member_key(owner=leaver.holder.owner, at=AT)
    fresh, told = renew_group(owner=owner, members=[stays.holder], at=AT)
    for opened in stays.open_all(told).values():
        renew_case(opened, readers=[fresh, stays.holder])
    ended = bury(group)
    took = time.monotonic() - began
    tell(f"all of them have another key after {took:.1f} s")

    still = len(leaver.open_all(made)) + len(thief.open_all(made))
    still += sum(_reads(old, letters[case][0]) for case, old in before.items())
    whole = sum(
        all(_reads(opened, row) for row in letters[case])
        for case, opened in stays.open_all(made).items()
    )
    return [
        Row("keys.leave_1000_s", took, 60, f"seconds until {len(told)} cases have another key"),
        Row("keys.leaver_opened", len(before), CASES, "cases the leaver opened before: the row below can fail", better="higher"),
        Row("keys.leaver_opens", still, 0, "cases the leaver opens now, with copies of every key they had"),
        Row("keys.leave_lost", CASES - whole, 0, "cases in which those who stay do not read every letter"),
        Row("keys.leave_old_key", int(not ended), 0, "old keys of the group still in use"),
        Row("keys.admin_opens", admins, 0, f"of {CASES} cases: somebody with a key and without a grant"),
    ]  # fmt: skip


def _reads(opened: OpenCase, row: UUID) -> bool:
    try:
        read(opened, row)
    except NotOpenedError:
        return False
    return True


def _values_are_moved(tell: Callable[[str], None]) -> list[Row]:
    """All under one key, the hardest case: only the place tells two columns, rows or versions apart."""
    one = OpenCase(CaseOf(uuid4(), uuid4()), new_key())
    rows = [uuid4() for _ in range(VALUES // 4)]
    places = list(product((BODY, TITLE), rows, (1, 2)))
    blobs = [
        one.seal_text(column, row, f"{number}", version=version)
        for number, (column, row, version) in enumerate(places)
    ]
    refused = home = 0
    for there, (column, row, version) in enumerate(places):
        for here, blob in enumerate(blobs):
            try:
                text = one.text(column, row, blob, version=version)
            except NotOpenedError:
                refused += here != there
            else:
                home += here == there and text == f"{here}"
    tell(f"{len(blobs)} values in {len(places)} places: {refused} refused")
    moved = VALUES * (VALUES - 1)
    return [
        Row("keys.swapped_refused", refused, moved, f"of {moved} values put in another's place", better="higher"),
        Row("keys.unmoved_opened", home, VALUES, "values where they belong: the row above can fail", better="higher"),
    ]  # fmt: skip
