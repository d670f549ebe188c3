"""Keys held by people, at the size of a desk: somebody leaves, a writer of the database moves values, an admin looks.

Everything is committed as in a day's work, on databases of the bench's own, SQLite and PostgreSQL.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from bench import Row
from bench._desk_world import ground, python

if TYPE_CHECKING:
    from madobe.vault.rules.open_case import OpenCase

CASES = 1_000
LETTERS = 5  # in each, of two sealed columns: 10,000 values
VALUES = 200  # each is tried in the place of each


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Rows of the contract's shape (docs/contract.md); PostgreSQL's stand beside SQLite's."""
    return [*_rows("sqlite", "keys", tell), *_rows("postgresql", "keys.postgresql", tell)]


def _rows(kind: str, key: str, tell: Callable[[str], None]) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
        tell(f"{kind}: databases of its own")
        with ground(Path(folder), kind) as here:
            said = python(here.environment, "bench.desk_keys", key).splitlines()
    for line in said[:-1]:
        tell(f"{kind}: {line}")
    return [Row(**row) for row in json.loads(said[-1])]


# --- in a process of its own ------------------------------------------------------------------------


def somebody_leaves(key: str, tell: Callable[[str], None]) -> list[Row]:
    """The rows of it, each named `key`.something."""
    from django.db import transaction

    from madobe.vault.actions.cases import begin_case, renew_case
    from madobe.vault.actions.groups import bury, make_group, renew_group
    from madobe.vault.actions.members import retire_member_key
    from madobe.vault.keyring import Keyring
    from tests.vault.letters import write
    from tests.vault.people import AT, DAY, somebody

    stays, leaver, admin = somebody(), somebody(), somebody()
    owner = f"desk:{uuid4()}"
    group = make_group(owner=owner, members=[stays.holder, leaver.holder], at=AT)
    letters: dict[UUID, list[UUID]] = {}
    made: list[UUID] = []
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
        Row(f"{key}.leave_1000_s", took, 60, f"seconds until {len(told)} cases have another key"),
        Row(f"{key}.leaver_opened", len(before), CASES, "cases the leaver opened before: the row below can fail", better="higher"),
        Row(f"{key}.leaver_opens", still, 0, "cases the leaver opens now, with copies of every key they had"),
        Row(f"{key}.leave_lost", CASES - whole, 0, "cases in which those who stay do not read every letter"),
        Row(f"{key}.leave_old_key", int(not ended), 0, "old keys of the group still in use"),
        Row(f"{key}.admin_opens", admins, 0, f"of {CASES} cases: somebody with a key and without a grant"),
    ]  # fmt: skip


def _reads(opened: "OpenCase", row: UUID) -> bool:
    from madobe.vault.rules.algorithms import NotOpenedError
    from tests.vault.letters import read

    try:
        read(opened, row)
    except NotOpenedError:
        return False
    return True


def values_are_moved(key: str, tell: Callable[[str], None]) -> list[Row]:
    """All under one key, the hardest case: only the place tells two columns, rows or versions apart."""
    from madobe.vault.rules.algorithms import NotOpenedError
    from madobe.vault.rules.grants import CaseOf, new_key
    from madobe.vault.rules.open_case import OpenCase
    from tests.vault.letters import BODY, TITLE

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
        Row(f"{key}.swapped_refused", refused, moved, f"of {moved} values put in another's place", better="higher"),
        Row(f"{key}.unmoved_opened", home, VALUES, "values where they belong: the row above can fail", better="higher"),
    ]  # fmt: skip


def main(key: str) -> None:
    """Print what was told, then the rows."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.vault.letters import make_tables, registered

    make_tables()
    with registered():
        rows = [*somebody_leaves(key, print), *values_are_moved(key, print)]
    print(json.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    main(sys.argv[1])
